import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { asSeen, asSent, plain, UNTURNED, written } from './plain-text.ts';

/** Format characters and white space of every kind that people's programs leave behind. */
const UNSEEN = [
  ...['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u202a', '\u202c', '\u202e', '\u2066', '\u2069'],
  ...['\u200e', '\u200f', '\u061c', '\u180e', '\u034f', '\u3164', '\u115f', '\uffa0', '\ufe0f', '\u{e0001}'],
];
/** Overrides, embeddings, isolates, and the marks from right to left. */
const TURNING = ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'].concat(
  '\u200f',
  '\u061c',
);
const SPACES = [' ', '\t', '\n', '\u00a0', '\u3000', '\u2003', '\u202f', '\u2028', '\u2800', '\u0085'];
const padding = fc.array(fc.constantFrom(...UNSEEN, ...SPACES)).map((all) => all.join(''));

test('law: a text is the same whatever is unseen in it, and padding alone is empty', () => {
  const sign = fc.constantFrom('1', '幢', 'A', '-', '测', '室', '9');
  const text = fc.array(
    fc.tuple(
      sign,
      fc.array(fc.constantFrom(...UNSEEN)).map((all) => all.join('')),
    ),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(text, padding, padding, (signs, before, behind) => {
      const seen = signs.map(([one]) => one).join('');
      expect(plain(before + signs.flat().join('') + behind)).toBe(seen);
      expect(plain(seen)).toBe(seen);
    }),
  );
  fc.assert(
    fc.property(padding, (text) => {
      expect([plain(text), written(text), plain(asSeen(text) as string)]).toEqual(['', '', '']);
    }),
  );
});

test('full-width digits and signs are what they look like; one space stands for several', () => {
  expect(plain('１－１０１　室')).toBe('1-101 室');
  expect(plain('Room\u00a0 \u30001')).toBe('Room 1');
  expect(plain('示例（杭州）有限公司，１号')).toBe('示例（杭州）有限公司，1号');
});

test('a longer text keeps its lines and its emoji', () => {
  for (const text of ['一行\n二行', '👨‍👩‍👧‍👦 谢谢 ❤️', '👍🏽', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'a b']) {
    expect(written(asSeen(text) as string), text).toBe(text);
  }
  expect(asSeen({ words: ' 漏\u200b水 ', list: ['\u200b', 1, null] })).toEqual({ words: '漏水', list: ['', 1, null] });
});

test('what turns the order of a text is never simply left out of a name; a longer text stands as it does', () => {
  for (const sign of TURNING) {
    const text = `1${sign}01`;
    expect([asSeen(text), asSent({ text: `${text}\u200b` })]).toEqual(['101', { text }]);
    expect(UNTURNED.test(text)).toBe(false);
    expect([plain(text), written(text)]).toEqual(['101', '101']);
  }
  for (const text of ['1\u200b01', '1\u200e01', '张三', 'שלום', 'محمد', '👨‍👩‍👧‍👦'])
    expect(UNTURNED.test(text), text).toBe(true);
});
