import { expect, test } from 'vitest';
import { contentHash } from './hash.ts';
import type { FeeNotice } from './model.ts';
import { feeNoticeOf } from './testing.ts';

const paper = feeNoticeOf(2);

test('the same content has the same hash, in whatever order its fields came', () => {
  const turned = Object.fromEntries(Object.entries(paper).reverse()) as unknown as FeeNotice;
  expect(contentHash(turned)).toBe(contentHash(structuredClone(paper)));
  expect(contentHash(paper)).toMatch(/^[0-9a-f]{64}$/);
});

test('a fen, a name or the order of lines makes another', () => {
  const others = [
    { ...paper, totalFen: paper.totalFen + 1 },
    { ...paper, payer: '李四' },
    { ...paper, lines: paper.lines.toReversed() },
  ];
  expect(new Set([paper, ...others].map(contentHash)).size).toBe(4);
});
