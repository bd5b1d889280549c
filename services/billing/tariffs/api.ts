import * as z from 'zod';
import { type Directory, unitById } from '../../../shared/directory/units.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { invalid, notFound, Refusal, refuse } from '../../../shared/domain/refusal.ts';
import { type CaseDeps, caseCommands } from '../../../shared/http/cases.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import { historyView, refsIn } from '../../../shared/http/history.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { dayIn, idParam, pageOf, paging, placeIn, siteOnly, siteParam, words } from '../../../shared/http/schemas.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { personalText, refOf } from '../../../shared/people/personal.ts';
import { type Caller, DECIDERS, isOneOf, KNOWS_ACCOUNTS } from '../../../shared/people/positions.ts';
import { keptFor } from '../../../shared/people/retention.ts';
import { signInSince } from '../../../shared/people/second-person.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { lastDay, type Month } from '../../../shared/time/month.ts';
import {
  askExemption,
  decideExemption,
  type Exemption,
  type ExemptionEvent,
  endExemption,
  publishExemption,
} from './exemption.ts';
import { type KnownItem, scheduleId, setSchedule } from './schedule.ts';
import type { Fees } from './store.ts';
import { BILL_FEN_MAX, FEE_MANAGERS } from './terms.ts';
import {
  exemptionOut,
  exemptionSheetOut,
  exemptionView,
  feeItemsIn,
  itemCode,
  scheduleVersionOut,
  versionView,
} from './view.ts';

export interface Deps extends CaseDeps {
  fees: Fees;
  /** The latest period that is being billed this moment: what is charged for it must not change on the way. */
  beingBilled(site: string): Promise<Month | undefined>;
  directory: Directory;
}

const route = routesFor<Deps>();
/** Exemptions are asked for where owners are met, and where the books are kept. */
const ASKERS: Caller[] = ['agent', 'supervisor', 'department-head', ...FEE_MANAGERS];
/** Their words are about owners: the desk, finance and those above read them, another department's head those they asked for. */
const READERS: readonly Caller[] = [...KNOWS_ACCOUNTS, 'department-head'];
const reads = (actor: Actor, { state }: Current<Exemption>): boolean =>
  isOneOf(KNOWS_ACCOUNTS, actor) || state?.askedBy === actor.staff;
const EXEMPTION = '/sites/{site}/exemptions/{exemption}';

/** What a fee item of the site is. @throws Refusal when the site never had it */
export const itemOf = async ({ schedules }: Fees, site: string, code: string): Promise<KnownItem> => {
  const { state } = await schedules.head(site, scheduleId(site));
  const known = state && Object.hasOwn(state.codes, code) ? state.codes[code] : undefined;
  if (!known) throw invalid({ field: 'body.item', rule: 'field.fee-item' });
  return known;
};

const command = caseCommands<Deps, Exemption, ExemptionEvent>({
  path: EXEMPTION,
  kind: 'exemption',
  journal: ({ fees }) => fees.exemptions,
  answer: exemptionOut,
  view: exemptionView,
  publish: publishExemption,
});

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/fees',
    summary: 'Every version of the fee schedule (收费标准), newest first',
    who: 'staff',
    params: siteOnly,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(20).default(10).meta({ description: '1 to 20' }),
      after: placeIn(z.string().regex(/^\d{1,6}$/)),
    }),
    answer: pageOf(scheduleVersionOut),
    async handle({ params: { site }, query: { limit, after } }, { fees: { schedules } }) {
      const newest = after === undefined ? (await schedules.head(site, scheduleId(site))).version : Number(after) - 1;
      const oldest = Math.max(1, newest - limit + 1);
      const events = newest < 1 ? [] : await schedules.history(site, scheduleId(site), newest - oldest + 1, oldest - 1);
      return { items: events.reverse().map(versionView), ...(oldest > 1 ? { next: String(oldest) } : {}) };
    },
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/fees',
    summary: 'A version of the fee schedule, in force from a day on; bills that were made stay as they are',
    who: FEE_MANAGERS,
    params: siteOnly,
    body: z.strictObject({ effective: dayIn, items: feeItemsIn }),
    answer: scheduleVersionOut,
    status: 201,
    async handle({ params: { site }, body, actor, now, idempotencyKey }, { fees, beingBilled, policies }) {
      const { schedules } = fees;
      const [{ timeZone }, period] = await Promise.all([policies.site(site), beingBilled(site)]);
      const { current } = await execute(schedules, {
        site,
        id: scheduleId(site),
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => {
          if (period !== undefined && body.effective <= lastDay(period)) return refuse('fees.being-billed', { period });
          const events = setSchedule(state, body, { now, zone: timeZone });
          return events instanceof Refusal ? events : { events };
        },
      });
      const [event] = await schedules.history(site, scheduleId(site), 1, current.version - 1);
      return versionView(event as NonNullable<typeof event>);
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/exemptions',
    summary: 'Exemptions of a site, newest first: those that wait for a second person, or those decided',
    who: READERS,
    personal: true,
    params: siteOnly,
    query: z.strictObject({ state: z.enum(['open', 'finished']).default('open'), ...paging }),
    answer: pageOf(exemptionOut),
    async handle({ params, query, actor, now }, { fees: { exemptions } }) {
      const page = await exemptions.list(params.site, query.state === 'finished', query.limit, query.after);
      return {
        ...page,
        items: page.items.filter((one) => reads(actor, one)).map((one) => exemptionView(one, actor, now)),
      };
    },
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/exemptions',
    summary: 'Ask that a unit pay less of an item for a time; a second person decides',
    who: ASKERS,
    params: siteOnly,
    body: z
      .strictObject({
        unit: idParam('unit'),
        item: itemCode,
        percent: z.number().int().min(1).max(100).optional(),
        fen: z.number().int().min(1).max(BILL_FEN_MAX).optional().meta({ description: 'Fen (分) a month' }),
        from: dayIn,
        to: dayIn.meta({ description: 'The last day of it, within 36 months' }),
        reason: words,
      })
      .refine(({ percent, fen }) => (percent === undefined) !== (fen === undefined), rule('field.percent-or-fen')),
    answer: exemptionOut,
    status: 201,
    async handle({ params: { site }, body, actor, now, idempotencyKey }, { fees, directory, policies, random }) {
      const { reason, ...wanted } = body;
      const [unit, context] = await Promise.all([
        unitById(directory, site, body.unit),
        contextAt(policies, site, now),
        itemOf(fees, site, body.item),
      ]);
      if (!unit || unit.withdrawn) throw notFound(body.unit);
      const text = personalText('reason', reason, now, random, keptFor('books', 'reason', now, context.policy));
      const { current, at } = await execute(fees.exemptions, {
        site,
        id: newId('exemption', now, random),
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => {
          const events = askExemption(
            { state, actor, now, context },
            { ...wanted, party: unit.payer, words: refOf(text) },
          );
          return events instanceof Refusal ? events : { events, personal: [text] };
        },
      });
      return exemptionView(current, actor, at);
    },
  }),
  route({
    method: 'GET',
    path: EXEMPTION,
    summary: 'An exemption with its history',
    who: READERS,
    personal: true,
    params: z.object({ site: siteParam, exemption: idParam('exemption') }),
    answer: exemptionSheetOut,
    async handle({ params: { site, exemption }, actor, now, actions }, { fees: { exemptions }, personal }) {
      const [current, events] = await Promise.all([
        exemptions.head(site, exemption),
        exemptions.history(site, exemption),
      ]);
      if (!current.state || !reads(actor, current)) throw notFound(exemption);
      const texts = await personal.read(site, refsIn(events));
      return {
        ...exemptionView(current, actor, now),
        history: historyView(events, texts, []),
        actions: await actions(current),
      };
    },
  }),
  command(
    'decide',
    'A second person decides on an exemption',
    DECIDERS,
    z.strictObject({ agree: z.boolean(), words }),
    {
      may: decideExemption.may,
      lookUp: (_, __, { directory }, { state }) => signInSince(directory, state.askedBy),
      texts: ({ words: why }) => ({ why }),
      decide: (on, { agree }, { why }, since) => decideExemption(on, { agree, words: why, since }),
    },
  ),
  command(
    'end',
    'An exemption ends earlier than agreed; what was billed under it stays',
    FEE_MANAGERS,
    z.strictObject({ to: dayIn.meta({ description: 'Its last day from now on' }), words }),
    {
      may: endExemption.may,
      texts: ({ words: why }) => ({ why }),
      decide: (on, { to }, { why }) => endExemption(on, { to, words: why }),
    },
  ),
];
