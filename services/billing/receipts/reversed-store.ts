import { type Books, receiptsOf } from './store.ts';

/** Of payments those that stand: a reversal doesn't take away what a payment was known by. */
export const notReversed = async <P extends { payment: string }>(
  books: Books,
  site: string,
  all: readonly P[],
): Promise<P[]> => {
  const receipts = await receiptsOf(books, site, [...new Set(all.map(({ payment }) => payment))]);
  const gone = new Set(receipts.filter(({ reversedOn }) => reversedOn !== undefined).map(({ payment }) => payment));
  return all.filter(({ payment }) => !gone.has(payment));
};
