import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphemesOf, linesOf } from './break.ts';

/** A Chinese character is as wide as its size, any other half of it. */
const width = (text: string, size: number) =>
  [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e00 ? size : size / 2), 0);
const broken = (text: string, characters: number) => linesOf(text, 10, characters * 10, width);

test('Chinese breaks between any two characters', () => {
  expect(broken('请于十日前缴清费用', 4)).toEqual(['请于十日', '前缴清费', '用']);
});

test('no line begins with closing punctuation', () => {
  expect(broken('请您缴清。谢谢您！', 4)).toEqual(['请您缴', '清。谢谢', '您！']);
  expect(broken('一二三四……五', 4)).toEqual(['一二三', '四……五']);
});

test('no line ends with opening punctuation', () => {
  expect(broken('依照《民法典》执行', 3)).toEqual(['依照', '《民法', '典》执', '行']);
  expect(broken('如需（发票）', 3)).toEqual(['如需', '（发', '票）']);
  expect(broken('物业费(公摊)', 4)).toEqual(['物业费', '(公摊)']);
});

test('amounts, dates and words stay whole; the space at a break is gone', () => {
  expect(broken('共计¥1,234.56元', 6)).toEqual(['共计', '¥1,234.56元']);
  expect(broken('Please pay by 2026-11-10 at latest', 6)).toEqual(['Please pay', 'by', '2026-11-10', 'at latest']);
});

test('a word wider than the line is cut', () => {
  expect(broken('https://pay', 3)).toEqual(['https:', '//pay']);
  expect(broken('2026-11-01业业，.2026-11-01', 7)).toEqual(['2026-11-01业', '业，.2026-11-0', '1']);
});

test('an indent shortens the first line only; a line break stays one', () => {
  expect(linesOf('一二三四五', 10, 30, width, 20)).toEqual(['一', '二三四', '五']);
  expect(broken('甲\n乙', 3)).toEqual(['甲', '乙']);
  expect(broken('', 3)).toEqual(['']);
});

test('whatever the text: nothing is lost, every line fits, closing punctuation never leads', () => {
  const text = fc
    .array(fc.constantFrom(...'业主缴费，。（）《》！a1 .¥"—', 'Fee ', '2026-11-01', '𠮷', 'é'), { maxLength: 60 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.integer({ min: 6, max: 30 }), (text, characters) => {
      const lines = broken(text, characters);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      for (const line of lines) expect(width(line, 10)).toBeLessThanOrEqual(characters * 10);
      // A row of punctuation longer than a line has to be cut somewhere.
      const longest = Math.max(0, ...(text.match(/[，。）》！.—¥（《]+/g) ?? []).map((run) => graphemesOf(run).length));
      if (longest < 3) for (const line of lines.slice(1)) expect(line).not.toMatch(/^[，。）》！]/);
    }),
  );
});
