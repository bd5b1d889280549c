import * as z from 'zod';
import { invalid, notFound, refuse } from '../../../shared/domain/refusal.ts';
import type { CaseDeps } from '../../../shared/http/cases.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { idParam, pageOf, paging, siteOnly, siteParam, words } from '../../../shared/http/schemas.ts';
import { command } from '../../../shared/journal/command.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { countNow, limitOf } from '../../../shared/journal/limit.ts';
import { type Caller, KNOWS_ACCOUNTS } from '../../../shared/people/positions.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { readPages, tableIn } from '../../../shared/sheet/read/table.ts';
import { say } from '../../../shared/text/catalogue.ts';
import { addDays, localDay } from '../../../shared/time/clock.ts';
import { BY_STATEMENT, billNameIn, fen } from '../accounts/contract.ts';
import { NUMBER } from '../letters/contract.ts';
import { askedFor } from '../payments/contract.ts';
import { receiptByPayment } from '../receipts/contract-store.ts';
import { book, link } from './claim.ts';
import { PARTS_MAX, setAside } from './decide.ts';
import { readStatement, statementColumns } from './reading.ts';
import { shown } from './shown.ts';
import { joinLine, splitLine } from './split.ts';
import { type UploadDeps, upload } from './upload.ts';
import { remittanceOut, statementOut } from './view.ts';

export interface Deps extends CaseDeps, Omit<UploadDeps, keyof CaseDeps> {}

const route = routesFor<Deps>();
const PATH = '/sites/{site}/remittances/{remittance}';
const one = z.object({ site: siteParam, remittance: idParam('remittance') });
const FINANCE: Caller[] = ['supervisor', 'finance-head', 'centre-manager'];
/** 2 MB, in base64. */
const BYTES_MAX = 2_097_152;
const BASE64_MAX = Math.ceil(BYTES_MAX / 3) * 4;
const BOUNDS = { rows: 5_000, columns: 60 };
const TOLD = 100;

export const routes: Route<Deps>[] = [
  route({
    method: 'POST',
    path: '/sites/{site}/statements',
    summary:
      'Read a statement of the bank, WeChat Pay, Alipay or a card terminal (CSV or XLSX): each line once, booked alone only where nothing is doubtful',
    who: FINANCE,
    params: siteOnly,
    body: z.strictObject({
      content: z.base64().min(1).max(BASE64_MAX).meta({ description: 'The file, in base64; at most 2 MB' }),
      channel: z.enum(BY_STATEMENT).optional().meta({
        description: 'Whose statement it is, where its columns do not tell',
      }),
    }),
    answer: statementOut,
    async handle({ params: { site }, body, actor, now, language }, deps) {
      const limit = await limitOf(deps.policies, 'imports', { site, staff: actor.staff, now });
      await countNow(deps.remittances, limit);
      const bytes = Buffer.from(body.content, 'base64');
      if (bytes.length > BYTES_MAX)
        throw invalid({ field: 'body.content', rule: 'field.megabytes', details: { max: 2 } });
      const table = tableIn(readPages(bytes, BOUNDS), BOUNDS, statementColumns);
      const { zone, policy } = await contextAt(deps.policies, site, now);
      const to = localDay(now, zone);
      const within = { from: addDays(to, -policy.paymentBackDays), to };
      const { channel, lines, others, faults } = readStatement(table, body.channel, within);
      const { told, fresh } = await upload(deps, { site, now, by: actor.staff }, lines);
      const unclaimed = told.filter(({ known }) => !known).length;
      return {
        channel,
        lines: lines.length,
        fresh,
        booked: lines.length - unclaimed,
        unclaimed,
        others,
        faults: faults.slice(0, TOLD).map(({ at, why }) => ({
          at,
          why,
          message: say(`statement.line.${why}`, language, { line: at, from: within.from, to: within.to }),
        })),
        items: told.slice(0, TOLD).map(({ at, id, state }) => ({ at, id, status: state.status })),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/remittances',
    summary: 'Money that statements tell of: unclaimed (待认领) with whose it may be, or done with',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: siteOnly,
    query: z.strictObject({ state: z.enum(['unclaimed', 'finished']).default('unclaimed'), ...paging }),
    answer: pageOf(remittanceOut),
    async handle({ params: { site }, query, now }, deps) {
      const page = await deps.remittances.list(site, query.state === 'finished', query.limit, query.after);
      return { ...page, items: await shown(deps, site, page.items, now) };
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/claim`,
    summary: 'Whose money it is: it becomes a payment of theirs; or it is a payment that was entered already',
    who: FINANCE,
    personal: true,
    params: one,
    body: z
      .strictObject({
        party: idParam('party').optional(),
        number: z
          .string()
          .regex(NUMBER)
          .max(30)
          .optional()
          .meta({ description: 'Or the number of the letter that asked for it' }),
        payment: idParam('payment')
          .optional()
          .meta({ description: 'Or the payment that it is; nothing is booked then' }),
        designated: z
          .array(z.strictObject({ account: idParam('account'), bill: billNameIn.optional() }))
          .max(50)
          .default([]),
        sameReference: z.boolean().default(false),
      })
      .refine(({ party, number, payment }) => [party, number, payment].filter(Boolean).length === 1, {
        path: ['party'],
        message: rule('field.one-owner'),
      }),
    answer: remittanceOut,
    async handle({ params: { site, remittance: id }, body, actor, now, idempotencyKey }, deps) {
      const by = { site, actor, now, idempotencyKey };
      const { remittances } = deps;
      if (body.payment === undefined) {
        const { party, asked } = await askedFor(deps, site, body);
        await book(deps, by, id, { party, asked, designated: body.designated, sameReference: body.sameReference });
      } else {
        const { payment } = body;
        const [receipt, { state }] = await Promise.all([
          receiptByPayment(deps.books, site, payment),
          remittances.head(site, id),
        ]);
        if (!state) throw notFound(id);
        if (!receipt) throw notFound(payment);
        if (receipt.fen !== state.fen) throw refuse('remittance.other-sum', { payment, fen: receipt.fen });
        if (receipt.method !== state.channel) {
          throw refuse('remittance.other-channel', { payment, method: receipt.method });
        }
        await link(deps, by, id, { payment, party: receipt.party });
      }
      const [view] = await shown(deps, site, [await remittances.head(site, id)], now);
      return view as z.input<typeof remittanceOut>;
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/split`,
    summary:
      'It is the money of several payers, or only partly ours: in parts that come to it to the fen, each claimed or set aside by itself',
    who: FINANCE,
    personal: true,
    params: one,
    body: z.strictObject({
      parts: z.array(z.strictObject({ fen })).min(2).max(PARTS_MAX),
    }),
    answer: z.object({ items: z.array(remittanceOut).meta({ description: 'The parts' }) }),
    async handle({ params: { site, remittance: id }, body, actor, now, idempotencyKey }, deps) {
      const by = { site, actor, now, idempotencyKey };
      const [, ...parts] = await splitLine(
        deps,
        by,
        id,
        body.parts.map((part) => part.fen),
      );
      return { items: await shown(deps, site, parts, now) };
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/join`,
    summary: 'It was split by mistake: it is one again, while none of its parts is claimed',
    who: FINANCE,
    personal: true,
    params: one,
    body: z.strictObject({}),
    answer: remittanceOut,
    async handle({ params: { site, remittance: id }, actor, now, idempotencyKey }, deps) {
      const line = await joinLine(deps, { site, actor, now, idempotencyKey }, id);
      const [view] = await shown(deps, site, [line], now);
      return view as z.input<typeof remittanceOut>;
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/set-aside`,
    summary: 'It is no fee of anybody here: interest, a refund, money for somebody else',
    who: FINANCE,
    personal: true,
    params: one,
    body: z.strictObject({ words }),
    answer: remittanceOut,
    async handle({ params: { site, remittance: id }, body, actor, now, idempotencyKey }, deps) {
      const { current } = await execute(
        deps.remittances,
        command(deps, {
          ...{ site, id, actor, now, idempotencyKey },
          texts: () => ({ why: body.words }),
          decide: (on, { why }) => setAside(on, why),
        }),
      );
      const [view] = await shown(deps, site, [current], now);
      return view as z.input<typeof remittanceOut>;
    },
  }),
];
