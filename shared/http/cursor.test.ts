import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type List, sealed, unsealed, withCursor } from './cursor.ts';

const place = fc.string({ unit: 'grapheme', maxLength: 40 });
const list = fc.tuple(fc.string(), fc.string(), fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }));
const refused = (of: List, cursor: string) =>
  expect(() => unsealed(of, cursor)).toThrow(
    expect.objectContaining({ kind: 'invalid', fields: [{ field: 'query.after', rule: 'field.next-of-page' }] }),
  );

test('law: a place comes back as it was, and stands in a URL as it is', () => {
  fc.assert(
    fc.property(list, place, (of, at) => {
      const cursor = sealed(of, at.toWellFormed());
      expect(cursor).toMatch(/^[\w-]{16,}$/);
      expect(unsealed(of, cursor)).toBe(at.toWellFormed());
    }),
  );
});

test('law: a cursor of which anything is changed, or of another list, is none', () => {
  fc.assert(
    fc.property(list, list, place, fc.nat(), fc.string({ maxLength: 3 }), (of, other, at, n, put) => {
      const cursor = sealed(of, at);
      const from = n % cursor.length;
      for (const changed of [cursor.slice(0, from) + put + cursor.slice(from + 1), cursor.slice(0, from), put]) {
        if (changed !== cursor) refused(of, changed);
      }
      if (JSON.stringify(other) !== JSON.stringify(of)) refused(other, cursor);
    }),
  );
});

test('the page of an answer is sealed where it stands: in the answer, or in a part of it', () => {
  const of: List = ['GET /things'];
  const next = sealed(of, 'b');
  expect(withCursor(of, { items: ['a'], next: 'b' })).toEqual({ items: ['a'], next });
  expect(withCursor(of, { total: 1, part: { items: [], next: 'b' } })).toEqual({ total: 1, part: { items: [], next } });
  const bytes = Uint8Array.of(1);
  expect(withCursor(of, bytes)).toBe(bytes);
  expect(withCursor(of, { items: [{ next: 1 }] })).toEqual({ items: [{ next: 1 }] });
});
