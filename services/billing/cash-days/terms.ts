/**
 * How a receipt stands to the statements, or a line of a statement to the receipts. `matched` is in both, on that day. Of a
 * receipt: no line says it (`no-line`), or it is `void`. Of a line: nobody has claimed it (`unclaimed`), a payment under its
 * number has another sum (`other-sum`), it is no fee of anybody (`set-aside`), or its receipt is being written
 * (`being-booked`). Of either: the other one is of `other-day`.
 */
export const ROW_STATUSES = [
  'matched',
  'no-line',
  'void',
  'unclaimed',
  'other-sum',
  'set-aside',
  'being-booked',
  'other-day',
] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

/** What is in one and not in the other. */
const GAPS: readonly RowStatus[] = ['no-line', 'unclaimed', 'other-sum', 'being-booked', 'other-day'];
export const isGap = (as: RowStatus | undefined): boolean => as !== undefined && GAPS.includes(as);
/** What whoever closes the day has to say a word to. Money without a name is owed by itself; another day names itself. */
const UNEXPLAINED: readonly RowStatus[] = ['no-line', 'other-sum'];
export const wantsWords = (as: RowStatus): boolean => UNEXPLAINED.includes(as);
