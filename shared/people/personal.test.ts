import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOf, personalItem, personalText, refersTo, refOf } from './personal.ts';

const NOW = Date.UTC(2026, 2, 2);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('what stays of an erased text is noise: a guess of it matches no hash that can be made of what stays', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (said) => {
      const text = personalText('name', said, NOW, Math.random, undefined);
      const stays = refOf(text);
      const { salt } = personalItem('lakeside', text);
      expect(Object.keys(stays).sort()).toEqual(['hash', 'ref']);
      for (const guess of [said, `${stays.ref}\n${said}`, `${stays.ref}${said}`, `lakeside#${stays.ref}\n${said}`])
        expect(sha256(guess)).not.toBe(stays.hash);
      // While it is kept, it proves what it was.
      expect(stays.hash).toBe(sha256(`${salt}\n${said}`));
      expect(isOf(stays, { salt, value: said })).toBe(true);
      expect(isOf(stays, { salt, value: `${said}!` })).toBe(false);
    }),
  );
});

test('the same text has another salt each time, of more than 128 bits', () => {
  const salts = Array.from({ length: 200 }, () => personalText('name', '张三', NOW, Math.random, undefined).salt);
  expect(new Set(salts).size).toBe(200);
  expect(Math.min(...salts.map((salt) => salt.length))).toBeGreaterThan(20);
});

test('a reference is to the text that is kept, and to none once it was erased', () => {
  const text = personalText('phone', { value: '+8613900001234', shown: '139 0000 1234' }, NOW, Math.random, undefined);
  const kept = new Map([[text.ref, { value: text.value, shown: '139 0000 1234' }]]);
  expect(refersTo(refOf(text), '+8613900001234', kept)).toBe(true);
  expect(refersTo(refOf(text), '139 0000 1234', kept)).toBe(false);
  expect(refersTo(refOf(text), '+8613900001234', new Map())).toBe(false);
});
