import { expect, test } from 'vitest';
import { CATALOGUE, say } from './catalogue.ts';

test('a refusal names an amount in yuan, whatever it is counted in', () => {
  expect(say('account.more-than-open', 'zh-CN', { fen: 57_705 })).toBe('该账单未结金额只有 ¥577.05');
  expect(say('account.more-than-open', 'en', { fen: 57_705 })).toBe('Only ¥577.05 of the bill is open');
});

test('a name without a value stays visible', () => {
  expect(say('account.more-than-open', 'en')).toBe('Only {fen:yuan} of the bill is open');
  expect(say('account.not-open', 'en', { bill: 'management/2026-11' })).toBe(
    'Nothing is open of bill management/2026-11',
  );
});

test('one is one: no number stands before a plural that it may be too little for', () => {
  expect(say('limit.imports', 'en', { most: 1, minutes: 5 })).toContain('imported 1 file within');
  expect(say('limit.imports', 'en', { most: 20, minutes: 5 })).toContain('imported 20 files within');
  const verbs = 'is|was|has|does|falls|goes|misses|lies|pays';
  const plural = new RegExp(`\\{\\w+\\} (?!(?:${verbs})\\b)[a-z]+s\\b`);
  const found = Object.entries(CATALOGUE).filter(([, { en }]) => plural.test(en));
  expect(found.map(([key]) => key)).toEqual([]);
});
