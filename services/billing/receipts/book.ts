import type * as z from 'zod';
import type { NewEvent, Recorded } from '../../../shared/domain/events.ts';
import type { Obligation } from '../../../shared/domain/obligation.ts';
import type { AggregateType, Published } from '../../../shared/journal/aggregate.ts';
import { ordered } from '../../../shared/journal/ordered.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import { byStatement } from '../accounts/contract.ts';
import { type ReceiptEvent, receiptEvents, type receiptFacts } from './events.ts';

export type ReceiptFacts = z.output<typeof receiptFacts>;

/**
 * The receipt book (收据簿) of a site and year: nothing but the next number, so that it is as quick at the end of the
 * year as at its beginning. Only the writer writes it, after a payment has committed; that is why there are no gaps.
 */
export interface Book {
  year: string;
  next: number;
  voided: number;
  /** A book owes nothing. */
  owed: Obligation[];
}

/** Six digits, for people; a seventh where a year needs it. */
const serialOf = (year: string, n: number): string => `${year}-${String(n).padStart(6, '0')}`;
export const SERIAL = /^\d{4}-(?:\d{6}|[1-9]\d{6,8})$/;
/** A serial as keys hold it: sorted by its number. */
const placeOf = (serial: string): string =>
  `${yearOf(serial)}-${ordered(Number(serial.slice(serial.indexOf('-') + 1)))}`;
/** Of two serials, which was given first. */
export const bySerial = (a: string, b: string): number => (placeOf(a) < placeOf(b) ? -1 : 1);
export const yearOf = (serial: string): string => serial.slice(0, serial.indexOf('-'));

export const bookId = (site: string, year: string): string => `rcp_${site}-${year}`;

const fold = (state: Book | undefined, event: Recorded<ReceiptEvent>): Book => {
  const { year, next, voided } = state ?? { year: yearOf(event.data.serial), next: 1, voided: 0 };
  return event.name === 'receipt.issued'
    ? { year, next: next + 1, voided, owed: [] }
    : { year, next, voided: voided + 1, owed: [] };
};

export const bookType: AggregateType<Book, ReceiptEvent> = {
  type: 'receipt',
  ids: 'receipt',
  events: receiptEvents,
  kind: 'record',
  most: {},
  fold,
  finished: () => true,
};

/** The serial that a book gives next. */
export const nextSerial = (state: Book | undefined, year: string): string => serialOf(year, state?.next ?? 1);

/** The next receipt of a book. */
export const issue = (state: Book | undefined, year: string, facts: ReceiptFacts): NewEvent<ReceiptEvent>[] => [
  { name: 'receipt.issued', data: { serial: nextSerial(state, year), ...facts } },
];

/** A receipt as it is found by its payment. */
export interface IssuedReceipt extends ReceiptFacts {
  serial: string;
  issuedAt: Instant;
  /** The day on which its payment was reversed. */
  reversedOn?: Day | undefined;
  /** When its receipt became void. */
  reversedAt?: Instant | undefined;
}

/** Void from the day on which the payment was reversed; the number stays. */
export const voidReceipt = (
  { serial, payment, method, fen }: IssuedReceipt,
  reversedOn: Day,
): NewEvent<ReceiptEvent>[] => [{ name: 'receipt.voided', data: { serial, payment, method, fen, reversedOn } }];

/** A receipt in full, by its payment. */
export const receiptKey = (site: string, payment: string) => ({ pk: `${site}#payment#${payment}`, sk: 'receipt' });
/** The receipts of a site by serial. */
export const serialKey = (site: string, serial: string) => ({ pk: receiptsPk(site), sk: placeOf(serial) });
/**
 * The day that a channel counts a payment on: where somebody else keeps a statement of it, the day on which the money came;
 * of cash, and of what the bank deducted, the day on which it was taken down.
 */
export const dayOfMoney = ({ method, takenOn, paidOn }: Pick<IssuedReceipt, 'method' | 'takenOn' | 'paidOn'>): Day =>
  byStatement(method) ? paidOn : takenOn;

/** What a cash day did with money; `paid` is what came that day by its channel and was taken down on another. */
export type CashKind = 'taken' | 'paid' | 'reversed' | 'refunded';
/** The receipts of a site, in order of their serials. */
export const receiptsPk = (site: string): string => `${site}#receipts`;
/** A cash day: what it took, by serial; what came, was reversed or given back that day stands beside it with a mark. */
export const cashDayPk = (site: string, day: Day): string => `${site}#cash#${day}`;
export const cashKey = (site: string, day: Day, serial: string, kind: Exclude<CashKind, 'refunded'> = 'taken') => ({
  pk: cashDayPk(site, day),
  sk: kind === 'taken' ? placeOf(serial) : `${placeOf(serial)}#${kind}`,
});
/** A refund, which has no receipt, stands by its id. */
export const refundKey = (site: string, day: Day, refund: string) => ({
  pk: cashDayPk(site, day),
  sk: `${refund}#refunded`,
});

/** What one reads of a receipt, published with what happened to it. @param at when that was */
export const publishedOf = (site: string, receipt: IssuedReceipt, at: Instant): Published => {
  const { payment, serial, takenOn, method, fen, reversedOn } = receipt;
  const entry = { serial, payment, method, fen, at };
  const on = dayOfMoney(receipt);
  const elsewhere = on === takenOn ? {} : { paidOn: on };
  return {
    put: [
      { ...receiptKey(site, payment), ...receipt },
      ...(reversedOn === undefined
        ? [
            { ...serialKey(site, serial), payment },
            { ...cashKey(site, takenOn, serial), ...entry, ...elsewhere },
            ...(on === takenOn ? [] : [{ ...cashKey(site, on, serial, 'paid'), ...entry, kind: 'paid' }]),
          ]
        : [{ ...cashKey(site, reversedOn, serial, 'reversed'), ...entry, kind: 'reversed' }]),
    ],
    remove: [],
  };
};
