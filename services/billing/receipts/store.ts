import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { getAll, queryPages } from '../../../shared/aws/many.ts';
import { type Journal, type JournalTables, journal, type Page } from '../../../shared/journal/journal.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import type { PaymentMethod } from '../accounts/contract.ts';
import {
  type Book,
  bookType,
  type CashKind,
  cashDayPk,
  type IssuedReceipt,
  receiptKey,
  receiptsPk,
  serialKey,
} from './book.ts';
import type { InvoiceEvent, ReceiptEvent } from './events.ts';
import { type Invoice, type InvoiceStatus, invoiceId, invoiceType } from './invoice.ts';

export type Books = Journal<Book, ReceiptEvent>;
export const booksIn = (tables: JournalTables): Books => journal(bookType, tables);
export type Invoices = Journal<Invoice, InvoiceEvent>;
export const invoicesIn = (tables: JournalTables): Invoices => journal(invoiceType, tables);

/**
 * How the invoice of a payment stands: what was issued and isn't flushed in red keeps its payment from being refunded.
 */
export const invoiceState = async (invoices: Invoices, site: string, payment: string): Promise<InvoiceStatus> =>
  (await invoices.head(site, invoiceId(payment))).state?.status ?? 'none';

const receiptOf = ({ pk: _pk, sk: _sk, of: _of, ...receipt }: Record<string, unknown>) =>
  receipt as unknown as IssuedReceipt;

export const receiptByPayment = async (
  { doc, own }: Books,
  site: string,
  payment: string,
): Promise<IssuedReceipt | undefined> => {
  const { Item } = await doc.send(
    new GetCommand({ TableName: own, Key: receiptKey(site, payment), ConsistentRead: true }),
  );
  return Item && receiptOf(Item);
};

export const receiptBySerial = async (
  books: Books,
  site: string,
  serial: string,
): Promise<IssuedReceipt | undefined> => {
  const { doc, own } = books;
  const { Item } = await doc.send(
    new GetCommand({ TableName: own, Key: serialKey(site, serial), ConsistentRead: true }),
  );
  return Item && receiptByPayment(books, site, Item.payment as string);
};

/** Many receipts by their payments, in that order. */
export const receiptsOf = async (
  { doc, own }: Books,
  site: string,
  payments: readonly string[],
): Promise<IssuedReceipt[]> => {
  const keys = payments.map((payment) => receiptKey(site, payment));
  const items = await getAll({ doc, table: own }, keys);
  const byPk = new Map(items.map((item) => [item.pk, item]));
  return keys.flatMap(({ pk }) => {
    const item = byPk.get(pk);
    return item ? [receiptOf(item)] : [];
  });
};

/** A page of a site's receipts, the newest serial first. @param after the last serial of the page before */
export const receiptsPage = async (
  books: Books,
  site: string,
  limit: number,
  after: string | undefined,
): Promise<Page<IssuedReceipt>> => {
  const { doc, own } = books;
  const { Items = [], LastEvaluatedKey } = await doc.send(
    new QueryCommand({
      TableName: own,
      KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :after',
      ExpressionAttributeValues: {
        ':pk': receiptsPk(site),
        ...(after === undefined ? {} : { ':after': serialKey(site, after).sk }),
      },
      ScanIndexForward: false,
      Limit: limit,
      ConsistentRead: true,
    }),
  );
  const items = await receiptsOf(
    books,
    site,
    Items.map(({ payment }) => payment as string),
  );
  const last = items.at(-1);
  return { items, ...(LastEvaluatedKey && last ? { next: last.serial } : {}) };
};

/** What a cash day took, or what came, was reversed or given back in it. */
export interface CashEntry {
  /** Where it stands among the day's. */
  sk: string;
  kind: CashKind;
  /** The receipt's serial; of a refund its id. */
  of: string;
  /** Absent of a refund. */
  payment?: string;
  method: PaymentMethod;
  fen: number;
  /** When it was written down. */
  at: Instant;
  /** Of what was taken down here: the day that its channel counts it on, where that is another. */
  paidOn?: Day;
}

/** A cash day, a page at a time, receipts by serial. @param after the `sk` of the last entry before */
export async function* cashPages(
  { doc, own }: Pick<Books, 'doc' | 'own'>,
  { site, day, limit, after = ' ' }: { site: string; day: Day; limit: number; after?: string | undefined },
): AsyncGenerator<CashEntry[]> {
  const pages = queryPages(
    { doc, table: own },
    {
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: { ':pk': cashDayPk(site, day), ':after': after },
      Limit: limit,
      ConsistentRead: true,
    },
  );
  for await (const page of pages) {
    yield page.map(({ serial, refund, pk: _, kind = 'taken', ...entry }) => ({
      ...(entry as unknown as CashEntry),
      kind: kind as CashKind,
      of: (serial ?? refund) as string,
    }));
  }
}
