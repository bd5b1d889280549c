import * as z from 'zod';
import { invalid, notFound, Refusal, refuse } from '../../../shared/domain/refusal.ts';
import { anyOf, FINISHED_MOST, walk } from '../../../shared/http/case-list.ts';
import type { CaseDeps } from '../../../shared/http/cases.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { dayIn, idParam, pageOf, paging, placeIn, siteOnly, siteParam } from '../../../shared/http/schemas.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { type Caller, KNOWS_ACCOUNTS } from '../../../shared/people/positions.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import type { MessageKey } from '../../../shared/text/catalogue.ts';
import { addDays, localDay } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import { METHODS } from '../accounts/contract.ts';
import { type Accounts, partsOfPayment } from '../accounts/contract-store.ts';
import { type IssuedReceipt, SERIAL } from './book.ts';
import { exportOf } from './content.ts';
import { ask, flush, invoiceId, issueInvoice, type NewEvents, type Of, type Situation } from './invoice.ts';
import {
  type Books,
  cashPages,
  type Invoices,
  receiptByPayment,
  receiptBySerial,
  receiptsOf,
  receiptsPage,
} from './store.ts';
import { receiptOut, receiptView } from './view.ts';

export interface Deps extends Pick<CaseDeps, 'policies' | 'access' | 'clock'> {
  books: Books;
  invoices: Invoices;
  accounts: Accounts;
}

const route = routesFor<Deps>();
/** The desk, and the finance department (财务). */
const FINANCE: Caller[] = ['agent', 'supervisor', 'centre-manager', 'finance-head'];
const PATH = '/sites/{site}/receipts/{serial}';
const serial = z.string().regex(SERIAL).meta({ example: '2026-000345' });
const one = z.object({ site: siteParam, serial });

/** Days and receipts of one export: what a function can answer with. */
const EXPORT_DAYS = 31;
const RECEIPTS_MAX = 5_000;
const PAGE = 1_000;

const CHANGES = ['asked', 'issued', 'red-flushed'] as const;
const invoiceIn = z
  .strictObject({
    state: z.enum(CHANGES),
    number: z
      .string()
      .regex(/^[0-9A-Z-]{8,30}$/)
      .optional()
      .meta({ description: 'Of the invoice, or of the red one' }),
  })
  .superRefine(({ state, number }, { addIssue }) => {
    const refuseNumber = (key: MessageKey) => addIssue({ code: 'custom', path: ['number'], message: rule(key) });
    if (state === 'asked' && number !== undefined) refuseNumber('field.only-of-issued');
    if (state !== 'asked' && number === undefined) refuseNumber('field.required');
  });

const found = async (receipt: Promise<IssuedReceipt | undefined>, what: string): Promise<IssuedReceipt> => {
  const known = await receipt;
  if (!known) throw notFound(what);
  return known;
};

const shown = async ({ invoices }: Deps, site: string, receipt: IssuedReceipt, now: number) =>
  receiptView(receipt, (await invoices.head(site, invoiceId(receipt.payment))).state, now);

const decided = (on: Situation, receipt: Of, { state, number = '' }: z.output<typeof invoiceIn>): NewEvents => {
  if (state === 'asked') return ask(on, receipt);
  return state === 'issued' ? issueInvoice(on, receipt, number) : flush(on, receipt, number);
};

const receiptsQuery = z.strictObject({
  from: dayIn.optional().meta({ description: 'The first of their cash days' }),
  to: dayIn.optional().meta({ description: 'Included' }),
  method: anyOf(z.enum(METHODS)).optional().meta({ description: 'One, or several apart by commas: any of them' }),
  unit: idParam('unit').optional(),
  party: idParam('party').optional(),
  ...paging,
  after: placeIn(serial),
});

/** Those asked for, of as many as one page looks through: it may hold fewer than were asked for, and goes on. */
const receiptsAsked = async (books: Books, site: string, query: z.output<typeof receiptsQuery>) => {
  const { limit, after, from = '', to = '9999', method, unit, party } = query;
  const isWanted = (one: IssuedReceipt) =>
    from <= one.takenOn &&
    one.takenOn <= to &&
    (method === undefined || method.includes(one.method)) &&
    (unit === undefined || one.unit === unit) &&
    (party === undefined || one.party === party);
  const list = async (_: boolean, most: number, before?: string) => {
    const page = await receiptsPage(books, site, most, before);
    return { ...page, items: page.items.map((receipt) => ({ ...receipt, id: receipt.serial })) };
  };
  const how = { finished: true, from: '', before: after, enough: limit, most: FINISHED_MOST };
  const { found, next } = await walk({ list, view: ({ id: _, ...receipt }) => receipt }, how, isWanted);
  return { items: found, ...(next === undefined ? {} : { next }) };
};

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/receipts',
    summary: 'Receipts (收据) of a site, the newest serial first; void ones keep their place',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: siteOnly,
    query: receiptsQuery,
    answer: pageOf(receiptOut),
    async handle({ params: { site }, query, now }, { books, invoices }) {
      const { items, ...page } = await receiptsAsked(books, site, query);
      const ids = items.map(({ payment }) => invoiceId(payment));
      const heads = await invoices.heads(site, ids);
      return { ...page, items: items.map((receipt, i) => receiptView(receipt, heads[i]?.state, now)) };
    },
  }),
  route({
    method: 'GET',
    path: PATH,
    summary: 'A receipt, with how its invoice stands',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: one,
    answer: receiptOut,
    async handle({ params: { site, serial }, now }, deps) {
      return shown(deps, site, await found(receiptBySerial(deps.books, site, serial), serial), now);
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/payments/{payment}/receipt',
    summary: "A payment's receipt; it is written seconds after the payment",
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: z.object({ site: siteParam, payment: idParam('payment') }),
    answer: receiptOut,
    async handle({ params: { site, payment }, now }, deps) {
      return shown(deps, site, await found(receiptByPayment(deps.books, site, payment), payment), now);
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/invoice`,
    summary: 'The invoice (发票) of a payment is asked for, was issued, or was flushed in red (红冲)',
    who: FINANCE,
    params: one,
    body: invoiceIn,
    answer: receiptOut,
    async handle({ params: { site, serial }, body, actor, now, idempotencyKey }, deps) {
      const receipt = await found(receiptBySerial(deps.books, site, serial), serial);
      const [context, held] = await Promise.all([
        contextAt(deps.policies, site, now),
        partsOfPayment(deps.accounts, site, receipt),
      ]);
      const parts = held.flatMap(({ ledger }) => ledger.payments.get(receipt.payment) ?? []);
      // What was given back is on no invoice; a payment may be reversed seconds before its receipt is void.
      const of = {
        ...receipt,
        fen: receipt.fen - sumFen(parts.map(({ refundedFen }) => refundedFen)),
        reversedOn:
          receipt.reversedOn ?? (parts.some(({ reversed }) => reversed) ? localDay(now, context.zone) : undefined),
      };
      const { current, at } = await execute(deps.invoices, {
        site,
        id: invoiceId(receipt.payment),
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => {
          const events = decided({ state, now, context }, of, body);
          return events instanceof Refusal ? events : { events };
        },
        extraItems: () =>
          // What is given back or reversed at the same moment is tried again.
          body.state === 'issued' ? held.map(({ head }) => deps.accounts.unmoved(head)) : [],
      });
      return receiptView(receipt, current.state, at);
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/receipts/export',
    summary: 'Receipts taken between two days with their invoices, for the tax platform (CSV)',
    who: FINANCE,
    personal: true,
    params: siteOnly,
    query: z.strictObject({
      from: dayIn,
      to: dayIn.meta({ description: `The last day, at most ${EXPORT_DAYS} days` }),
    }),
    answer: z.string(),
    contentType: 'text/csv; charset=utf-8',
    async handle({ params: { site }, query: { from, to } }, { books, invoices }) {
      if (to < from) throw invalid({ field: 'query.to', rule: 'field.not-before-from' });
      if (to > addDays(from, EXPORT_DAYS - 1)) {
        throw invalid({ field: 'query.to', rule: 'field.days-most', details: { days: EXPORT_DAYS } });
      }
      const payments: string[] = [];
      for (let day = from; day <= to; day = addDays(day, 1)) {
        for await (const page of cashPages(books, { site, day, limit: PAGE })) {
          for (const { kind, payment } of page) if (kind === 'taken' && payment !== undefined) payments.push(payment);
          if (payments.length > RECEIPTS_MAX) throw refuse('receipt.too-many', { max: RECEIPTS_MAX });
        }
      }
      const receipts = await receiptsOf(books, site, payments);
      const heads = await invoices.heads(site, payments.map(invoiceId));
      const byPayment = new Map(heads.flatMap(({ state }) => (state ? [[state.payment, state] as const] : [])));
      return exportOf(receipts.map((receipt) => ({ receipt, invoice: byPayment.get(receipt.payment) })));
    },
  }),
];
