import * as z from 'zod';
import { casePageOf, listsCases } from '../../../shared/http/case-list.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import { readSheet } from '../../../shared/http/history.ts';
import { phoneIn, phoneSent } from '../../../shared/http/phone.ts';
import type { Route } from '../../../shared/http/route.ts';
import { dayIn, idParam, instantIn, pageAmong, pageOf, paging, siteOnly, words } from '../../../shared/http/schemas.ts';
import { DECIDERS, KNOWS_ACCOUNTS } from '../../../shared/people/positions.ts';
import { regionOf } from '../../../shared/values/phone.ts';
import { ACCOUNT_FILTERS, accountsQuery } from './api-filters.ts';
import {
  ABOVE,
  askerSince,
  BOOKKEEPERS,
  billNameIn,
  CASHIERS,
  command,
  DESK,
  type Deps,
  fen,
  made,
  one,
  PATH,
  route,
} from './api-parts.ts';
import { correct, decideCorrection, takeBack } from './corrections.ts';
import * as dunning from './ladder/steps.ts';
import { readLedger } from './store.ts';
import { FEN_MAX, HOLD_KINDS } from './terms.ts';
import * as two from './two-people.ts';
import { accountOut, accountSheetOut, accountView, entriesView, entryOut } from './view.ts';

export type { Deps } from './api-parts.ts';

const ledger = (_: unknown, site: string, { accounts }: Deps, { id }: { id: string }) => readLedger(accounts, site, id);

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/accounts',
    summary: 'Accounts of a site, newest first: those with something open, or those without',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: siteOnly,
    query: accountsQuery,
    answer: casePageOf(accountOut),
    handle: listsCases({ filters: ACCOUNT_FILTERS, journal: ({ accounts }: Deps) => accounts, view: accountView }),
  }),
  route({
    method: 'GET',
    path: PATH,
    summary: 'An account with what is open, its dunning and its history',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: one,
    answer: accountSheetOut,
    async handle({ params: { site, account: id }, actor, now, actions }, { accounts, personal }) {
      const { current, history } = await readSheet(accounts, personal, { site, id });
      return { ...accountView(current, actor, now), ...history(['token']), actions: await actions(current) };
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/ledger`,
    summary: 'The ledger of an account (对账单): every line ever added, oldest first, with the balance after each',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: one,
    query: z.strictObject(paging),
    answer: pageOf(entryOut),
    async handle({ params: { site, account }, query }, { accounts }) {
      const { entries } = await readLedger(accounts, site, account);
      return pageAmong(entriesView(entries), ({ id }) => id, query);
    },
  }),
  command(
    'reversals',
    'A payment turned out not to have come; what it settled is open again',
    BOOKKEEPERS,
    z.strictObject({ payment: idParam('payment'), reason: words }),
    {
      may: takeBack.may,
      lookUp: ledger,
      texts: ({ reason }) => ({ reason }),
      decide: (on, { payment }, { reason }, read) => takeBack(on, payment, reason, read),
    },
  ),
  command(
    'adjustments',
    'A bill is corrected: a line of its own, signed; above the policy’s sum it waits for a second person',
    BOOKKEEPERS,
    z.strictObject({
      bill: billNameIn,
      fen: z
        .number()
        .int()
        .min(-FEN_MAX)
        .max(FEN_MAX)
        .refine((n) => n !== 0, rule('field.not-zero')),
      reason: words,
    }),
    {
      may: correct.may,
      lookUp: async (body, site, deps, of) => ({
        adjustment: await made('adjustment')(body, site, deps, of),
        read: await ledger(body, site, deps, of),
      }),
      texts: ({ reason }) => ({ reason }),
      decide: (on, body, { reason }, { adjustment, read }) => correct(on, { ...body, adjustment, words: reason }, read),
    },
  ),
  command(
    'adjustments/decide',
    'A second person decides on a correction',
    DECIDERS,
    z.strictObject({ adjustment: idParam('adjustment'), agree: z.boolean(), words }),
    {
      may: decideCorrection.may,
      lookUp: async (body, site, deps, of) => ({
        read: await ledger(body, site, deps, of),
        since: await askerSince(body.adjustment, deps, of.state),
      }),
      texts: ({ words: why }) => ({ why }),
      decide: (on, { adjustment, agree }, { why }, { read, since }) =>
        decideCorrection(on, { adjustment, agree, words: why, since }, read),
    },
  ),
  command(
    'waivers',
    'Ask that a part of a bill be let go; a second person decides',
    [...CASHIERS, 'site-director'],
    z.strictObject({ bill: billNameIn, fen, reason: words }),
    {
      may: two.askWaiver.may,
      lookUp: made('waiver'),
      texts: ({ reason }) => ({ reason }),
      decide: (on, body, { reason }, waiver) => two.askWaiver(on, { ...body, waiver, words: reason }),
    },
  ),
  command(
    'waivers/decide',
    'A second person decides on a waiver',
    DECIDERS,
    z.strictObject({ waiver: idParam('waiver'), agree: z.boolean(), words }),
    {
      may: two.decideWaiver.may,
      lookUp: ({ waiver }, _, deps, { state }) => askerSince(waiver, deps, state),
      texts: ({ words: why }) => ({ why }),
      decide: (on, { waiver, agree }, { why }, since) => two.decideWaiver(on, { waiver, agree, words: why, since }),
    },
  ),
  command(
    'holds',
    'Ask that dunning pause: a dispute, a promise to pay, hardship; a second person decides',
    [...CASHIERS, 'site-director'],
    z.strictObject({
      kind: z.enum(HOLD_KINDS),
      until: dayIn.meta({ description: 'The last day of it' }),
      renews: idParam('hold').optional().meta({ description: 'The hold it prolongs' }),
      reason: words,
    }),
    {
      may: two.askHold.may,
      lookUp: made('hold'),
      texts: ({ reason }) => ({ reason }),
      decide: (on, body, { reason }, hold) => two.askHold(on, { ...body, hold, words: reason }),
    },
  ),
  command(
    'holds/decide',
    'A second person decides on a hold',
    ABOVE,
    z.strictObject({ hold: idParam('hold'), agree: z.boolean(), words }),
    {
      may: two.decideHold.may,
      lookUp: ({ hold }, _, deps, { state }) => askerSince(hold, deps, state),
      texts: ({ words: why }) => ({ why }),
      decide: (on, { hold, agree }, { why }, since) => two.decideHold(on, { hold, agree, words: why, since }),
    },
  ),
  command(
    'holds/end',
    'A hold is withdrawn; dunning goes on at the age of the debt',
    ABOVE,
    z.strictObject({ hold: idParam('hold') }),
    {
      may: two.endHold.may,
      decide: (on, { hold }) => two.endHold(on, hold),
    },
  ),
  command(
    'calls',
    'The payer was called about what is due',
    DESK,
    z.strictObject({
      outcome: z.enum(['reached', 'no-answer', 'refused', 'wrong-number']).meta({
        description:
          'reached: spoke to the payer. refused: spoke to them, and they refuse to pay. Either carries out the call. ' +
          'no-answer, wrong-number: in vain; two such calls in different parts of the day (morning, afternoon from ' +
          '12:00, evening from 18:00) and a message at one of them carry it out',
      }),
      calledAt: instantIn.optional().meta({ description: 'Now when left out' }),
      number: phoneIn.optional().meta({ description: 'Which was called' }),
      message: z.boolean().default(false).meta({ description: 'Whether a message was left or sent' }),
    }),
    {
      may: dunning.call.may,
      lookUp: async ({ number }, site, { policies }) =>
        number && phoneSent(number, regionOf((await policies.site(site)).timeZone), 'body.number'),
      texts: (_, number) => ({ called: number }),
      decide: (on, { calledAt = on.now, ...body }, { called }) =>
        dunning.call(on, { ...body, calledAt, number: called }),
    },
  ),
  command(
    'visits',
    'Somebody went there',
    DESK,
    z.strictObject({ outcome: z.enum(['met', 'not-met', 'refused']), words }),
    {
      may: dunning.recorded.visit.may,
      texts: ({ words: what }) => ({ what }),
      decide: (on, { outcome }, { what }) => dunning.recorded.visit(on, { outcome, words: what }),
    },
  ),
  command(
    'letters',
    'The letters that a person decides on, since the service is complained of or money is unclaimed, go out all the same',
    DESK,
    z.strictObject({ reason: words }),
    {
      may: dunning.sendLetters.may,
      texts: ({ reason }) => ({ reason }),
      limit: () => 'mails',
      decide: (on, _, { reason }) => dunning.sendLetters(on, reason),
    },
  ),
  command(
    'review',
    'The director reviews an account in arrears: a lawyer’s letter, another way, or wait',
    ['site-director'],
    z.strictObject({ decision: z.enum(['lawyer-letter', 'agreement', 'wait']), words }),
    {
      may: dunning.recorded.review.may,
      texts: ({ words: why }) => ({ why }),
      decide: (on, { decision }, { why }) => dunning.recorded.review(on, { outcome: decision, words: why }),
    },
  ),
];
