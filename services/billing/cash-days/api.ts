import * as z from 'zod';
import type { Directory } from '../../../shared/directory/units.ts';
import { invalid, Refusal } from '../../../shared/domain/refusal.ts';
import type { CaseDeps } from '../../../shared/http/cases.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import { readSheet } from '../../../shared/http/history.ts';
import { type Input as Asked, type Route, routesFor } from '../../../shared/http/route.ts';
import { dayIn, pageOf, paging, siteOnly, siteParam, words } from '../../../shared/http/schemas.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import { command, contextUnder, type Under } from '../../../shared/journal/command.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { personalText, refOf } from '../../../shared/people/personal.ts';
import { DECIDERS, KNOWS_ACCOUNTS } from '../../../shared/people/positions.ts';
import { keptFor } from '../../../shared/people/retention.ts';
import { signInSince } from '../../../shared/people/second-person.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { BOOKKEEPERS, CASHIERS, FEN_MAX, METHODS } from '../accounts/contract.ts';
import { type CashDay, cashDayId, dayOf } from './cash-day.ts';
import { close, countersign, decideReopen, mayClose, movedSince, reopen, type Situation } from './decide.ts';
import { type MovedDeps, moneyMoved } from './moved.ts';
import { figuresOfDay, LINE_PLACE, lineRows, type Placed, receiptRows } from './rows-store.ts';
import { isGap } from './terms.ts';
import {
  cashDayHeadOut,
  cashDayHistoryOut,
  cashDaySheetOut,
  cashDayView,
  cashRowOut,
  headView,
  rowView,
} from './view.ts';

export interface Deps extends CaseDeps, MovedDeps {
  directory: Directory;
}

const route = routesFor<Deps>();
const PATH = '/sites/{site}/cash-days/{day}';
const one = z.object({ site: siteParam, day: dayIn });
/** Rows rows through for one page of those that are asked for. */
const READ_AT_MOST = 2_000;

const seal = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .meta({ description: 'The `seal` of the day as it was rows at: that is what is signed' });

const shown = async (
  deps: Deps,
  site: string,
  day: string,
  { now, actions }: Pick<Asked<never, never, never>, 'now' | 'actions'>,
) => {
  const { cashDays, personal } = deps;
  const [current, figures] = await Promise.all([cashDays.head(site, cashDayId(day)), figuresOfDay(deps, site, day)]);
  const { state } = current;
  const texts = await personal.read(site, state?.signed?.explanations.map((one) => one.words) ?? []);
  return { ...cashDayView(day, state, figures, texts, now), actions: await actions(current) };
};

/** What is open to somebody on a day, decided as its commands are. */
const mayOn =
  (may: (on: Situation & { day: string }) => Refusal | undefined, under?: Under): NonNullable<Route<Deps>['may']> =>
  async (on, { policies }) => {
    const { id, site, state } = on.current as Current<CashDay>;
    const { actor, now } = on;
    const context = state
      ? await contextUnder(policies, under, { site, state }, now)
      : await contextAt(policies, site, now);
    return may({ state, actor, now, context, day: dayOf(id) });
  };

/** Figures are read only of a day that is said to have changed: it may be again what was signed. */
const mayCountersign: Route<Deps>['may'] = async (on, deps) => {
  const { site, state } = on.current as Current<CashDay>;
  const refused = await mayOn(countersign.may)(on, deps);
  if (refused || !state?.changed) return refused;
  return movedSince(state.signed, await figuresOfDay(deps, site, state.day));
};

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/cash-days',
    summary: 'Days on which money moved, the latest first: those to be closed or signed (日结), or those done with',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: siteOnly,
    query: z.strictObject({ state: z.enum(['open', 'final']).default('open'), ...paging }),
    answer: pageOf(cashDayHeadOut),
    async handle({ params: { site }, query, now }, { cashDays }) {
      const page = await cashDays.list(site, query.state === 'final', query.limit, query.after);
      return { ...page, items: page.items.flatMap(({ state }) => (state ? [headView(state, now)] : [])) };
    },
  }),
  route({
    method: 'GET',
    path: PATH,
    summary:
      'A cash day by channel: what was taken, reversed and given back, what the statements say, what is in one and not in the other; what was signed, and what is different since',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: one,
    answer: cashDaySheetOut,
    handle: ({ params: { site, day }, ...asked }, deps) => shown(deps, site, day, asked),
  }),
  route({
    method: 'GET',
    path: `${PATH}/rows`,
    summary: "A cash day's receipts, reversals and refunds, or the statements' lines of it, one by one",
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: one,
    query: z.strictObject({
      of: z.enum(['receipts', 'lines']),
      gaps: z.stringbool().default(false).meta({ description: 'Only what is in one and not in the other' }),
      ...paging,
    }),
    answer: pageOf(cashRowOut),
    async handle({ params: { site, day }, query: { of, gaps, limit, after } }, deps) {
      if (of === 'lines' && after !== undefined && !isPlaceOf(after, day)) {
        throw invalid({ field: 'query.after', rule: 'field.next-still-listed' });
      }
      const { state } = await deps.cashDays.head(site, cashDayId(day));
      const rows = of === 'receipts' ? receiptRows : lineRows;
      const found: Placed[] = [];
      let seen = 0;
      let last: string | undefined;
      for await (const page of rows(deps, { site, day, after: after || undefined })) {
        for (const row of page) {
          if (found.length === limit || seen === READ_AT_MOST) return answer(found, last);
          seen += 1;
          last = row.place;
          if (!gaps || isGap(row.as)) found.push(row);
        }
      }
      return answer(found);

      function answer(some: readonly Placed[], next?: string) {
        const items = some.map((row) => rowView(row, state?.signed?.at));
        return { items, ...(next === undefined ? {} : { next }) };
      }
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/history`,
    summary: 'Who closed, signed and reopened a cash day, and with what',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: one,
    answer: cashDayHistoryOut,
    async handle({ params: { site, day } }, { cashDays, personal }) {
      const { history } = await readSheet(cashDays, personal, { site, id: cashDayId(day) });
      return history();
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/close`,
    summary:
      'Close a day by channel (日结), the first signature: with the cash that was counted and a word to each difference. Lines may be unclaimed; what was signed says so',
    who: CASHIERS,
    params: one,
    body: z.strictObject({
      seal,
      countedFen: z.number().int().min(0).max(FEN_MAX).meta({ description: 'The cash that was counted (fen)' }),
      explanations: z
        .array(z.strictObject({ method: z.enum(METHODS), words }))
        .max(METHODS.length)
        .refine((all) => new Set(all.map(({ method }) => method)).size === all.length, {
          message: rule('field.none-twice'),
        })
        .default([])
        .meta({ description: 'Of each channel whose receipts and statements, or whose cash, differ' }),
    }),
    answer: cashDaySheetOut,
    may: mayOn(mayClose, 'present'),
    async handle({ params: { site, day }, body, actor, now, idempotencyKey, actions }, deps) {
      const { cashDays, policies, random } = deps;
      const [context, figures] = await Promise.all([contextAt(policies, site, now), figuresOfDay(deps, site, day)]);
      const kept = keptFor('books', 'words', now, context.policy);
      const personal = body.explanations.map((said) => personalText('words', said.words, now, random, kept));
      const explanations = body.explanations.map(({ method }, i) => ({ method, words: refOf(personal[i] as never) }));
      await execute(cashDays, {
        site,
        id: cashDayId(day),
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => {
          const events = close({ state, actor, now, context }, { ...body, day, figures, explanations });
          return events instanceof Refusal ? events : { events, personal };
        },
      });
      // What was written between what was shown and the signature.
      await moneyMoved(deps, { site, day, now, by: actor.staff });
      return shown(deps, site, day, { now, actions });
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/countersign`,
    summary: 'The second signature under a closed day, by another person than who closed it: it is final',
    who: BOOKKEEPERS,
    params: one,
    body: z.strictObject({ seal }),
    answer: cashDaySheetOut,
    may: mayCountersign,
    async handle({ params: { site, day }, body, actor, now, idempotencyKey, actions }, deps) {
      const id = cashDayId(day);
      await execute(
        deps.cashDays,
        command(deps, {
          ...{ site, id, actor, now, idempotencyKey },
          lookUp: async ({ signed }) => ({
            figures: await figuresOfDay(deps, site, day),
            since: await signInSince(deps.directory, signed?.by),
          }),
          decide: (on, _, found) => countersign(on, { seal: body.seal, ...found }),
        }),
      );
      await moneyMoved(deps, { site, day, now, by: actor.staff });
      return shown(deps, site, day, { now, actions });
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/reopen`,
    summary:
      'A signature was a mistake: the day is closed anew by two people; what was signed stays in its history. Of more than the policy leaves to one person it waits for a second',
    who: BOOKKEEPERS,
    params: one,
    body: z.strictObject({ words }),
    answer: cashDaySheetOut,
    may: mayOn(reopen.may),
    async handle({ params: { site, day }, body, actor, now, idempotencyKey, actions }, deps) {
      await execute(
        deps.cashDays,
        command(deps, {
          ...{ site, id: cashDayId(day), actor, now, idempotencyKey },
          texts: () => ({ why: body.words }),
          decide: (on, { why }) => reopen(on, why),
        }),
      );
      return shown(deps, site, day, { now, actions });
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/reopen/decide`,
    summary: 'A second person decides whether a signed day is opened again',
    who: DECIDERS,
    params: one,
    body: z.strictObject({ agree: z.boolean(), words }),
    answer: cashDaySheetOut,
    may: mayOn(decideReopen.may),
    async handle({ params: { site, day }, body, actor, now, idempotencyKey, actions }, deps) {
      const id = cashDayId(day);
      await execute(
        deps.cashDays,
        command(deps, {
          ...{ site, id, actor, now, idempotencyKey },
          lookUp: ({ asked }) => signInSince(deps.directory, asked?.by),
          texts: () => ({ why: body.words }),
          decide: (on, { why }, since) => decideReopen(on, { agree: body.agree, words: why, since }),
        }),
      );
      return shown(deps, site, day, { now, actions });
    },
  }),
];

/** Whether a page may go on there: behind a line of that day. */
const isPlaceOf = (place: string, day: string): boolean =>
  LINE_PLACE.test(place) && place.slice('urem_'.length).startsWith(day.replaceAll('-', ''));
