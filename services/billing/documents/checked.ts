import { isDay } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import type { Paper } from './model.ts';

/** More than this on one document is no document for a person. */
const MOST_LINES = 10_000;
const MOST_CHARACTERS = 2000;
const DAYS = new Set(['issuedOn', 'paidOn', 'asOf', 'payBy', 'dueDay', 'from', 'to', 'day']);
const LINK = /^https?:\/\/[^\s"<>]+$/;

/**
 * The document, if its figures add up, its days are days and it is of a size to print: one that says a wrong total must
 * reach nobody.
 * @throws RangeError naming the document and the field; a fault of who made it, not of a user
 */
export const checked = <P extends Paper>(paper: P): P => {
  const fault = faultIn(paper, '', '') ?? differenceIn(paper);
  if (fault) throw new RangeError(`${paper.kind} ${paper.number}: ${fault}`);
  return paper;
};

/** Looks through every field, whatever the document. */
const faultIn = (value: unknown, field: string, path: string): string | undefined => {
  if (Array.isArray(value)) {
    if (value.length > MOST_LINES) return `${path} has more than ${MOST_LINES} lines`;
    return first(value.map((item, i) => faultIn(item, field, `${path}[${i}]`)));
  }
  if (typeof value === 'object' && value !== null) {
    return first(Object.entries(value).map(([key, item]) => faultIn(item, key, path ? `${path}.${key}` : key)));
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return `${path} is not a whole number`;
  if (typeof value !== 'string') return undefined;
  if (value.length > MOST_CHARACTERS) return `${path} has more than ${MOST_CHARACTERS} characters`;
  if (DAYS.has(field) && !isDay(value)) return `${path} is not a day`;
  return field === 'link' && !LINK.test(value) ? `${path} is not a web address` : undefined;
};

const first = (faults: (string | undefined)[]): string | undefined => faults.find((fault) => fault !== undefined);

const differenceIn = (paper: Paper): string | undefined => {
  if (paper.kind === 'delivery-sheet') return undefined;
  if (paper.kind !== 'account-statement') {
    return totalOf(paper) === paper.totalFen ? undefined : 'totalFen is not the sum of the lines';
  }
  let balance = paper.openingFen;
  for (const [i, { debitFen, creditFen, balanceFen }] of paper.rows.entries()) {
    balance += debitFen - creditFen;
    if (balance !== balanceFen) return `rows[${i}].balanceFen is not the balance before, plus debit, less credit`;
  }
  return balance === paper.closingFen ? undefined : 'closingFen is not the last balance';
};

const totalOf = (paper: Exclude<Paper, { kind: 'delivery-sheet' | 'account-statement' }>): number => {
  switch (paper.kind) {
    case 'fee-notice':
      return (
        sumFen([...paper.lines, ...paper.offsets].map(({ amountFen }) => amountFen)) +
        sumFen(paper.arrears.map(({ openFen }) => openFen))
      );
    case 'receipt':
      return sumFen(paper.lines.map(({ amountFen }) => amountFen)) + paper.prepaidFen;
    default:
      return sumFen(paper.debts.flatMap(({ openFen, lateFen }) => [openFen, lateFen]));
  }
};
