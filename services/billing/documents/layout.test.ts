import { expect, test } from 'vitest';
import { layout, type PaperPage } from '../../../shared/paper/page/layout.ts';
import { compose } from './compose/compose.ts';
import type { Paper } from './model.ts';
import {
  accountStatementOf,
  deliverySheetOf,
  demandLetterOf,
  feeNoticeOf,
  OFFSET,
  OLD_DEBT,
  receiptOf,
} from './testing.ts';

const width = (text: string, size: number) =>
  [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e00 ? size : size * 0.555), 0);
const pagesOf = (paper: Paper) => layout(compose(paper), width);
const textsOf = (page: PaperPage | undefined) =>
  (page?.marks ?? []).flatMap((mark) => (mark.mark === 'text' ? [mark.text] : []));

test.each([1, 6, 12, 18])('a notice of %d lines is one page', (count) => {
  expect(pagesOf(feeNoticeOf(count))).toHaveLength(1);
});

test('a longer one goes on: site, desk, table head and page number stand on every page', () => {
  const pages = pagesOf(feeNoticeOf(70, { offsets: [OFFSET], arrears: [OLD_DEBT] }));
  expect(pages.length).toBeGreaterThan(1);
  for (const [i, page] of pages.entries()) {
    const texts = textsOf(page);
    expect(texts).toContain('湖畔花园');
    expect(texts.join()).toContain('0571-8800 1234');
    expect(texts).toContain('费用项目');
    expect(texts).toContain(`第 ${i + 1} 页，共 ${pages.length} 页`);
  }
});

test('every line of a long document is printed once', () => {
  const numbers = pagesOf(deliverySheetOf(100))
    .flatMap(textsOf)
    .filter((text) => /^FN-202611-\d+$/.test(text));
  expect(numbers).toEqual(deliverySheetOf(100).rows.map(({ number }) => number));
  const balances = pagesOf(accountStatementOf(300))
    .flatMap(textsOf)
    .filter((text) => text === '¥263.99');
  expect(balances).toHaveLength(150);
});

test('the total never stands on a page without a row of its table', () => {
  for (let count = 15; count < 45; count++) {
    const pages = pagesOf(feeNoticeOf(count));
    const page = pages.find((page) => textsOf(page).some((text) => text.startsWith('应缴合计')));
    expect(textsOf(page)).toContain('2026-11-01 至 11-30');
  }
});

test('amounts of a column end on one edge', () => {
  const [page] = pagesOf(feeNoticeOf(6));
  const ends = (page?.marks ?? []).flatMap((mark) =>
    mark.mark === 'text' && mark.text.startsWith('¥') ? [Math.round((mark.x + width(mark.text, mark.size)) * 100)] : [],
  );
  expect(ends).toHaveLength(6);
  expect(new Set(ends).size).toBe(1);
});

test('nothing is drawn outside the page, however long what is written', () => {
  const long = { site: '花园'.repeat(90), payer: '某'.repeat(300), desk: { address: '路'.repeat(300) } };
  const notice = feeNoticeOf(2, long);
  notice.lines[0]!.item = '项'.repeat(1500);
  notice.lines[1]!.unit = 'x'.repeat(200);
  for (const paper of [notice, { ...demandLetterOf(40), ...long }, { ...receiptOf({ voided: true }), ...long }]) {
    for (const page of pagesOf(paper)) {
      for (const mark of page.marks) {
        const right = mark.mark === 'text' ? mark.x + width(mark.text, mark.size) : mark.x;
        expect(mark.x).toBeGreaterThanOrEqual(40);
        expect(right).toBeLessThanOrEqual(page.width - 40);
        expect(mark.y).toBeGreaterThan(0);
        expect(mark.y).toBeLessThan(page.height - 10);
      }
    }
  }
});

test('a voided receipt says so on its page; a demand letter has a place to sign for it', () => {
  expect(pagesOf(receiptOf()).flatMap(({ marks }) => marks.filter(({ mark }) => mark === 'stamp'))).toEqual([]);
  expect(pagesOf(receiptOf({ voided: true }))[0]?.marks.at(-1)).toMatchObject({ mark: 'stamp', text: '已作废' });
  expect(textsOf(pagesOf(demandLetterOf(2)).at(-1))).toEqual(
    expect.arrayContaining(['送达回证', '签收人：', '与业户关系：', '签收时间：', '送达人：']),
  );
});
