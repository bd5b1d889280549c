import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageAmong, pageByName } from './schemas.ts';

const self = (name: string) => name;
const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 12 }).map((all) => all.sort());

test('a page goes on behind the last name of the one before, also where that is gone by then', () => {
  expect(pageByName(['a', 'b', 'c', 'd'], self, { limit: 2 })).toEqual({ items: ['a', 'b'], next: 'b' });
  expect(pageByName(['a', 'c', 'd'], self, { limit: 2, after: 'b' })).toEqual({ items: ['c', 'd'] });
  expect(pageByName(['a'], self, { limit: 2, after: 'b' })).toEqual({ items: [] });
});

test('law: whoever goes through a list that people work off sees once what stays, and comes to an end', () => {
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 4 }), fc.infiniteStream(fc.boolean()), (all, limit, gone) => {
      const seen: string[] = [];
      let there = all;
      for (let after: string | undefined, more = true; more; ) {
        const { items, next } = pageByName(there, self, { limit, after });
        seen.push(...items);
        after = next;
        more = next !== undefined;
        there = there.filter(() => !gone.next().value);
      }
      expect(seen).toEqual([...new Set(seen)]);
      expect(there.filter((one) => !seen.includes(one))).toEqual([]);
    }),
  );
});

test('in another order nobody knows where to go on from what is gone: that is said, not begun anew', () => {
  const [page, byRate] = [{ limit: 1 }, ['lakeside', 'cloudrest', 'westgate']];
  expect(pageAmong(byRate, self, page)).toEqual({ items: ['lakeside'], next: 'lakeside' });
  expect(pageAmong(byRate, self, { ...page, after: 'cloudrest' })).toEqual({ items: ['westgate'] });
  expect(() => pageAmong(byRate, self, { ...page, after: 'elsewhere' })).toThrow(
    expect.objectContaining({ kind: 'invalid', fields: [{ field: 'query.after', rule: expect.any(String) }] }),
  );
});
