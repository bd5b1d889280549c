import { expect, test } from 'vitest';
import { theFont } from '../../../shared/paper/font.ts';
import { printable } from '../../../shared/paper/pdf.ts';
import { compose } from './compose/compose.ts';
import type { Paper } from './model.ts';
import { pdfOf, pdfOfAll } from './pdf.ts';
import {
  accountStatementOf,
  deliverySheetOf,
  demandLetterOf,
  feeNoticeOf,
  receiptOf,
  reminderOf,
  secondNoticeOf,
} from './testing.ts';

const ALL: Paper[] = [
  feeNoticeOf(18),
  reminderOf('friendly-reminder'),
  reminderOf('reminder'),
  secondNoticeOf(),
  demandLetterOf(),
  deliverySheetOf(40),
  receiptOf(),
  receiptOf({ voided: true }),
  accountStatementOf(80),
];

test.each(ALL.flatMap((paper) => [paper, { ...paper, language: 'en' as const }]))(
  '$kind ($language) is a PDF under 60 KB with every character',
  async (paper) => {
    const { bytes, pages, missing } = await pdfOf(paper);
    const text = Buffer.from(bytes).toString('latin1');
    expect(text.slice(0, 5)).toBe('%PDF-');
    expect(text.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(pages);
    expect(bytes.length).toBeLessThan(60_000);
    expect(missing).toEqual([]);
  },
);

test('the same document gives the same bytes', async () => {
  const [once, again] = [await pdfOf(feeNoticeOf(3)), await pdfOf(feeNoticeOf(3))];
  expect(Buffer.from(once.bytes).equals(Buffer.from(again.bytes))).toBe(true);
  expect(Buffer.from(once.bytes).toString('latin1')).toContain('(D:20261101000000Z)');
});

test('names with characters of the national table, traditional ones and foreign ones are shown', async () => {
  const { missing } = await pdfOf(feeNoticeOf(1, { payer: '曌喆堃㛃䶮陳麗蓉 José Müller' }));
  expect(missing).toEqual([]);
});

test('a character without a glyph is reported, once; the document is made all the same', async () => {
  const { missing, pages } = await pdfOf(feeNoticeOf(1, { payer: '𠮷野𠮷\u0007😀' }));
  expect(missing).toEqual(['𠮷', '😀']);
  expect(pages).toBe(1);
});

test('a document with a character that the font lacks asks at its foot to have it written in, and no other does', () => {
  const foot = (paper: Paper) => printable(compose(paper), theFont(), new Set()).desk.join();
  const rare = { payer: '𠮷野' };
  const sheet = deliverySheetOf(1);
  expect(foot(feeNoticeOf(1, rare))).toContain('请打印后手工填写');
  expect(foot({ ...feeNoticeOf(1, rare), language: 'en' })).toContain('write it in by hand');
  expect(foot({ ...sheet, rows: sheet.rows.map((row) => ({ ...row, ...rare })) })).toContain('请打印后手工填写');
  expect(foot(feeNoticeOf(1))).not.toContain('手工填写');
});

test('several documents print as one file', async () => {
  const { pages, bytes } = await pdfOfAll([feeNoticeOf(3), feeNoticeOf(40), deliverySheetOf(2)]);
  expect(pages).toBe(4);
  expect(bytes.length).toBeLessThan(60_000);
});
