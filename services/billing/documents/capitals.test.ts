import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inCapitals } from './capitals.ts';

test.each([
  [0, '零元整'],
  [5, '伍分'],
  [50, '伍角整'],
  [55, '伍角伍分'],
  [100, '壹元整'],
  [1000, '壹拾元整'],
  [10_500, '壹佰零伍元整'],
  [1_000_500, '壹万零伍元整'],
  // The examples of the rules for filling in bills.
  [140_950, '壹仟肆佰零玖元伍角整'],
  [600_714, '陆仟零柒元壹角肆分'],
  [168_032, '壹仟陆佰捌拾元零叁角贰分'],
  [10_700_053, '壹拾万柒仟元零伍角叁分'],
  [1_640_902, '壹万陆仟肆佰零玖元零贰分'],
  [32_504, '叁佰贰拾伍元零肆分'],
  // Empty places over the groups of four.
  [1_000_000_00, '壹佰万元整'],
  [1_0001_00, '壹万零壹元整'],
  [1_1000_00, '壹万壹仟元整'],
  [10_0100_00, '壹拾万零壹佰元整'],
  [1_0000_0005_00, '壹亿零伍元整'],
  [1_0000_5000_00, '壹亿零伍仟元整'],
  [1_0500_0000_01, '壹亿零伍佰万元零壹分'],
  [2030_4050_6070_89, '贰仟零叁拾亿肆仟零伍拾万陆仟零柒拾元零捌角玖分'],
  [9999_9999_9999_99, '玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
])('%d fen is %s', (fen, words) => {
  expect(inCapitals(fen)).toBe(words);
});

/** Reads capital numerals back, place by place. */
const read = (words: string): number => {
  const value: Record<string, number> = { 仟: 1000, 佰: 100, 拾: 10 };
  let [fen, yuan, group, digit] = [0, 0, 0, 0];
  for (const c of words) {
    const n = '零壹贰叁肆伍陆柒捌玖'.indexOf(c);
    if (n >= 0) digit = n;
    else if (value[c]) group += digit * value[c];
    else if (c === '亿' || c === '万') yuan += (group + digit) * (c === '亿' ? 1e8 : 1e4);
    else if (c === '元') fen += (yuan + group + digit) * 100;
    else if (c === '角') fen += digit * 10;
    else if (c === '分') fen += digit;
    if ('亿万元'.includes(c)) group = 0;
    if (n < 0) digit = 0;
  }
  return fen;
};

const mostlyZeros = fc
  .array(fc.constantFrom(0, 0, 0, 1, 9), { minLength: 1, maxLength: 14 })
  .map((digits) => Number(digits.join('')));

test('what is written reads back as the amount, with no zero twice or in a wrong place', () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: 0, max: 1e14 - 1 }), mostlyZeros), (fen) => {
      const words = inCapitals(fen);
      expect(read(words)).toBe(fen);
      expect(words).not.toMatch(fen === 0 ? /零零/ : /零零|零[拾佰仟万亿元角分整]|^零/);
    }),
  );
});

test.each([-1, 0.5, Number.NaN, 1e14])('%d is refused', (fen) => {
  expect(() => inCapitals(fen)).toThrow(RangeError);
});
