import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { paginate, type Strip } from './strip.ts';

const strip = (height: number, more: Partial<Strip> = {}): Strip => ({ height, marks: [], ...more });
const heights = (strips: Strip[], page: number) =>
  paginate(strips, page).map((placed) => placed.map((p) => p.strip.height));

test('a page is filled, then the next begins', () => {
  expect(heights([strip(40), strip(50), strip(30)], 100)).toEqual([[40, 50], [30]]);
  expect(paginate([strip(40), strip(50)], 100)[0]?.map(({ y }) => y)).toEqual([0, 40]);
});

test('what stays together goes to the next page together', () => {
  expect(heights([strip(40), strip(30, { stays: true }), strip(31)], 100)).toEqual([[40], [30, 31]]);
});

test('a group higher than a page is parted, so that it ends', () => {
  expect(heights([strip(60, { stays: true }), strip(60, { stays: true }), strip(60)], 100)).toEqual([[60], [60], [60]]);
});

test('a table head stands again above the rows of every page, and nowhere twice', () => {
  const head = strip(10, { stays: true });
  const rows = Array.from({ length: 5 }, () => strip(30, { under: head }));
  expect(heights([head, ...rows], 100)).toEqual([
    [10, 30, 30, 30],
    [10, 30, 30],
  ]);
});

test('nothing still is a page', () => {
  expect(paginate([], 100)).toEqual([[]]);
});

test('every strip is placed once and in order, and pages are never overfull', () => {
  const any = fc.record({ height: fc.integer({ min: 1, max: 60 }), stays: fc.boolean() });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 60 }), (parts) => {
      const strips = parts.map(({ height, stays }) => strip(height, { stays }));
      const pages = paginate(strips, 100);
      const placed = pages.flat().map((p) => p.strip);
      expect(placed).toHaveLength(strips.length);
      for (const [i, one] of placed.entries()) expect(one).toBe(strips[i]);
      for (const page of pages) {
        const last = page.at(-1);
        if (last) expect(last.y + last.strip.height).toBeLessThanOrEqual(100);
      }
    }),
  );
});
