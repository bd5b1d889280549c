import * as z from 'zod';
import { inParallel } from '../../../../shared/aws/many.ts';
import { payersOf } from '../../../../shared/directory/payer.ts';
import { type Directory, placed } from '../../../../shared/directory/units.ts';
import { invalid } from '../../../../shared/domain/refusal.ts';
import { type Route, routesFor } from '../../../../shared/http/route.ts';
import {
  dayIn,
  idParam,
  pageByName,
  pageOf,
  paging,
  placeIn,
  siteOnly,
  siteParam,
} from '../../../../shared/http/schemas.ts';
import type { Current } from '../../../../shared/journal/aggregate.ts';
import type { Page } from '../../../../shared/journal/journal.ts';
import { countNow, limitOf } from '../../../../shared/journal/limit.ts';
import type { Access } from '../../../../shared/people/access.ts';
import { KNOWS_ACCOUNTS } from '../../../../shared/people/positions.ts';
import type { Policies } from '../../../../shared/policy/policies.ts';
import { NEVER, type PolicyOverrides } from '../../../../shared/policy/policy.ts';
import { contextAt } from '../../../../shared/policy/policy-context.ts';
import { type Clock, type Day, localDay } from '../../../../shared/time/clock.ts';
import type { Account } from '../account.ts';
import type { Accounts } from '../aggregate.ts';
import type { DunningRung } from '../terms.ts';
import { DAYS } from './ladder.ts';
import { proofOf } from './proof.ts';
import { effortOf, rehearse } from './rehearse.ts';
import { proofOut, proofView, rehearsalOut } from './view.ts';
import { allAccounts } from './walk.ts';

export interface Deps {
  accounts: Accounts;
  policies: Policies;
  directory: Directory;
  access: Access;
  clock: Clock;
}

const route = routesFor<Deps>();
/** Journals read side by side. */
const WIDTH = 8;
/** Accounts whose journals are read for one page of a proof, at most; the rest is the next page. */
const PROVEN = 400;
/** Accounts in one rehearsal, at most; a site has some thousands. */
const REHEARSED = 20_000;
/** SES's list price of a mail, in millionths of a dollar. */
const MAIL_USD_MICRO = 100;

/** Goes on until a page is full, so that a day with few proofs isn't many empty pages. */
const provenPage = async <T extends { account: string }>(
  limit: number,
  after: string | undefined,
  provenAfter: (after: string | undefined) => Promise<Page<T>>,
): Promise<Page<T>> => {
  const items: T[] = [];
  let last = after;
  for (let read = 0; read < PROVEN; read += limit) {
    const page = await provenAfter(last);
    for (const proof of page.items) {
      if (items.length === limit) return { items, next: (items.at(-1) as T).account };
      items.push(proof);
    }
    if (page.next === undefined) return { items };
    last = page.next;
  }
  return { items, ...(last === undefined ? {} : { next: last }) };
};

const rungDays = z.coerce
  .number()
  .int()
  .min(1)
  .max(NEVER)
  .optional()
  .meta({ description: `Days after the due day; ${NEVER} is never; as in force when left out` });
const rungs = {
  friendly: rungDays,
  reminder: rungDays,
  'second-notice': rungDays,
  demand: rungDays,
  visit: rungDays,
  review: rungDays,
} satisfies Record<DunningRung, z.ZodType>;

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/dunning/rehearsal',
    summary: 'Try a dunning ladder on the arrears as they are, without sending anything: who would get what, and when',
    who: ['supervisor', 'centre-manager', 'site-director', 'quality-manager', 'group-manager', 'administrator'],
    personal: true,
    params: siteOnly,
    query: z.strictObject({
      days: z.coerce.number().int().min(1).max(366).default(90).meta({ description: 'How far ahead' }),
      ...rungs,
      ...paging,
    }),
    answer: rehearsalOut,
    async handle(
      { params: { site }, query: { days, limit, after, ...tried }, actor, now },
      { accounts, policies, directory },
    ) {
      // A further page is of the rehearsal that was counted.
      if (after === undefined)
        await countNow(accounts, await limitOf(policies, 'rehearsals', { site, staff: actor.staff, now }));
      const context = await contextAt(policies, site, now);
      const overrides: PolicyOverrides = Object.fromEntries(
        (Object.entries(tried) as [DunningRung, number | undefined][]).flatMap(([rung, value]) =>
          value === undefined ? [] : [[DAYS[rung], value]],
        ),
      );
      const wanted = { ...context, policy: { ...context.policy, ...overrides } };
      const all: { account: string; state: Account }[] = [];
      for (let from: string | undefined, more = true; more && all.length < REHEARSED; ) {
        const page = await accounts.walk(site, false, 100, from);
        all.push(...page.items.flatMap(({ id, state }) => (state ? [{ account: id, state }] : [])));
        from = page.next;
        more = from !== undefined;
      }
      const cards = await payersOf(directory, site, [...new Set(all.map(({ state }) => state.party))]);
      const tries = all.map(({ account, state }) => ({
        account,
        unit: state.unit,
        party: state.party,
        hasEmail: (cards.get(state.party)?.emails.length ?? 0) > 0,
        rehearsed: rehearse(state, now, days, wanted),
        inForce: rehearse(state, now, days, context),
      }));
      const effort = (of: 'rehearsed' | 'inForce') => {
        const sum = effortOf(tries.map((one) => ({ hasEmail: one.hasEmail, rehearsed: one[of] })));
        return {
          ...sum,
          lettersFen: sum.letters * context.policy.letterCostFen,
          mailUsdMicro: sum.emails * MAIL_USD_MICRO,
        };
      };
      const page = pageByName(tries, ({ account }) => account, { limit, after });
      const shown = page.items.map(({ hasEmail: _, ...one }) => one);
      return {
        accounts: tries.length,
        changed: tries.filter(({ rehearsed, inForce }) => JSON.stringify(rehearsed) !== JSON.stringify(inForce)).length,
        wanted: effort('rehearsed'),
        inForce: effort('inForce'),
        ...page,
        items: await placed(directory, await policies.site(site), shown),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/dunning/{day}',
    summary:
      'Proof that nobody was missed: the accounts in arrears as frozen at the start of a day, the step due to each and its evidence; with gaps=true only those that lack something',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: z.object({ site: siteParam, day: dayIn }),
    query: z.strictObject({ gaps: z.stringbool().default(false), ...paging, after: placeIn(idParam('account')) }),
    answer: pageOf(proofOut),
    async handle({ params: { site, day }, query: { gaps, limit, after }, now }, { accounts, policies, directory }) {
      const facts = await policies.site(site);
      const { timeZone } = facts;
      const today: Day = localDay(now, timeZone);
      if (day > today) throw invalid({ field: 'path.day', rule: 'field.not-future' });
      const prove = async ({ id, state }: Current<Account>) => {
        if (!state) return [];
        const events = await accounts.whole(site, id);
        const timeline = await policies.since(site, events[0]?.at ?? now);
        const proof = proofOf(events, day, { timeline, zone: timeZone, now });
        return proof && (!gaps || proof.gaps.length > 0) ? [proofView(id, state, proof)] : [];
      };
      const page = await provenPage(limit, after, async (from) => {
        const some = await allAccounts(accounts, site, limit, from);
        return { ...some, items: (await inParallel(some.items, WIDTH, prove)).flat() };
      });
      return { ...page, items: await placed(directory, facts, page.items) };
    },
  }),
];
