import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Recorded } from '../../../shared/domain/events.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { idempotencyKeyFor } from '../../../shared/lambda/bus.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { type Clock, type Day, localDay } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import type { Accounts } from '../accounts/contract-store.ts';
import type { accountPaid, accountRefunded, accountReversed } from '../accounts/events.ts';
import {
  bookId,
  dayOfMoney,
  type IssuedReceipt,
  issue,
  nextSerial,
  publishedOf,
  refundKey,
  voidReceipt,
  yearOf,
} from './book.ts';
import { invoiceId, paymentReversed } from './invoice.ts';
import { type Books, type Invoices, receiptByPayment } from './store.ts';

export interface WriteDeps {
  books: Books;
  invoices: Invoices;
  accounts: Accounts;
  policies: Policies;
  clock: Clock;
  /** What a cash day comes to has changed. Told again where it died in between. */
  moved(site: string, day: Day, by: string): Promise<void>;
  /** A payment was reversed: the line of a statement that it was is money without a name again. */
  reopens(site: string, payment: string, by: string): Promise<void>;
}

type Paid = Recorded<typeof accountPaid>;
type Reversed = Recorded<typeof accountReversed>;

const WRITER = 'billing-receipts-writer';

/** A payment's receipt: the next of the year's book, once however often this is told. */
export const issueReceipt = async (deps: WriteDeps, event: Paid): Promise<void> => {
  const { site, aggregate: account, by } = event;
  const now = deps.clock();
  const [{ timeZone }, { state }] = await Promise.all([deps.policies.site(site), deps.accounts.head(site, account)]);
  if (!state) throw new Error(`${account} has no state`);
  const { payment, method, paidOn, lead, whole } = event.data;
  // One payment, one receipt: the first of its accounts has it, and says what all of them got.
  if (lead !== undefined) return;
  const parts = whole?.parts ?? [{ ...event.data, account, unit: state.unit }];
  // Told again, even long after, it costs one read; told twice at once, the key below decides.
  const known = await receiptByPayment(deps.books, site, payment);
  if (known) return deps.moved(site, dayOfMoney(known), by);
  const year = localDay(now, timeZone).slice(0, 4);
  const facts = {
    payment,
    account,
    unit: state.unit,
    party: state.party,
    method,
    fen: whole?.fen ?? event.data.fen,
    paidOn,
    takenOn: localDay(event.at, timeZone),
    takenAt: event.at,
    allocations: parts.flatMap(({ allocations }) => allocations),
    creditFen: sumFen(parts.map(({ creditFen }) => creditFen)),
    ...(whole ? { parts: whole.parts } : {}),
  };
  await execute(deps.books, {
    site,
    id: bookId(site, year),
    now,
    by,
    idempotencyKey: idempotencyKeyFor(WRITER, event.id),
    decide: (book) => ({ events: issue(book, year, facts) }),
    publish: (_, book) => publishedOf(site, { ...facts, serial: nextSerial(book, year), issuedAt: now }, now),
  });
  await deps.moved(site, dayOfMoney(facts), by);
};

/** The receipt of a payment; where its reversal was faster than its own event, it is issued first. */
const receiptFor = async (
  deps: WriteDeps,
  { site, aggregate, data: { payment } }: Reversed,
): Promise<IssuedReceipt> => {
  const known = await receiptByPayment(deps.books, site, payment);
  if (known) return known;
  const events = (await deps.accounts.whole(site, aggregate)) as unknown as Paid[];
  const paid = events.find(({ name, data }) => name === 'account.paid' && data.payment === payment);
  if (!paid) throw new Error(`${payment} was reversed and never paid`);
  await issueReceipt(deps, paid);
  return (await receiptByPayment(deps.books, site, payment)) as IssuedReceipt;
};

/** A reversed payment's receipt is void; its invoice, if there is one, has to be flushed. */
export const voidPayment = async (deps: WriteDeps, event: Reversed): Promise<void> => {
  const { site, by } = event;
  if (event.data.lead !== undefined) return;
  const now = deps.clock();
  const receipt = await receiptFor(deps, event);
  const context = await contextAt(deps.policies, site, now);
  const reversedOn = localDay(event.at, context.zone);
  if (receipt.reversedOn === undefined) {
    await execute(deps.books, {
      site,
      id: bookId(site, yearOf(receipt.serial)),
      now,
      by,
      idempotencyKey: idempotencyKeyFor(WRITER, event.id),
      decide: () => ({ events: voidReceipt(receipt, reversedOn) }),
      publish: () => publishedOf(site, { ...receipt, reversedOn, reversedAt: now }, now),
    });
  }
  // After the receipt: an invoice asked for from now on is refused.
  await execute(deps.invoices, {
    site,
    id: invoiceId(receipt.payment),
    now,
    by,
    decide: (state) => paymentReversed({ state, now, context }),
  });
  await deps.reopens(site, receipt.payment, by);
  // The day on which it was taken back, and the one that it is void in.
  for (const day of new Set([receipt.reversedOn ?? reversedOn, dayOfMoney(receipt)])) await deps.moved(site, day, by);
};

/** Money given back stands in the cash day on which it was; told again, the same item is put again. */
export const enterRefund = async (
  { books: { doc, own }, policies, moved }: Pick<WriteDeps, 'books' | 'policies' | 'moved'>,
  { site, at, by, data: { refund, method, fen } }: Recorded<typeof accountRefunded>,
): Promise<void> => {
  const { timeZone } = await policies.site(site);
  const day = localDay(at, timeZone);
  const key = refundKey(site, day, refund);
  await doc.send(new PutCommand({ TableName: own, Item: { ...key, refund, method, fen, at, kind: 'refunded' } }));
  await moved(site, day, by);
};
