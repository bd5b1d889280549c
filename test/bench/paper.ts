import { pdfOf, pdfOfAll } from '../../services/billing/documents/pdf.ts';
import { feeNoticeOf } from '../../services/billing/documents/testing.ts';

/** Goal for a page of one document with the font in it, KB. */
export const GOAL_PAGE_KB = 60;
const NOTICES = 300;
const KB = 1024;

/** Fee notices of one page: each a file of its own, as an owner gets it; and all in one, as a desk prints them. */
export const measurePaper = async () => {
  const notices = Array.from({ length: NOTICES }, (_, i) => feeNoticeOf(1 + (i % 6), { number: `FN-${i}` }));
  await pdfOf(feeNoticeOf(3));
  const began = performance.now();
  let bytes = 0;
  let pages = 0;
  for (const notice of notices) {
    const pdf = await pdfOf(notice);
    bytes += pdf.bytes.length;
    pages += pdf.pages;
  }
  const singleSeconds = (performance.now() - began) / 1000;
  const listBegan = performance.now();
  const [first = feeNoticeOf(1), ...others] = notices;
  const list = await pdfOfAll([first, ...others]);
  const listSeconds = (performance.now() - listBegan) / 1000;
  return {
    notices: NOTICES,
    pagesPerSecond: pages / singleSeconds,
    kbPerPage: bytes / KB / pages,
    listPagesPerSecond: list.pages / listSeconds,
    listKbPerPage: list.bytes.length / KB / list.pages,
  };
};
