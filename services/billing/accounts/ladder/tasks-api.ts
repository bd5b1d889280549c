import * as z from 'zod';
import { payersOf } from '../../../../shared/directory/payer.ts';
import { type Directory, placed } from '../../../../shared/directory/units.ts';
import { day } from '../../../../shared/domain/events.ts';
import { type Route, routesFor } from '../../../../shared/http/route.ts';
import { instantOut, pageOf, paging, placeOut, siteOnly } from '../../../../shared/http/schemas.ts';
import type { Access } from '../../../../shared/people/access.ts';
import type { PersonalReader } from '../../../../shared/people/personal.ts';
import type { Policies } from '../../../../shared/policy/policies.ts';
import { say } from '../../../../shared/text/catalogue.ts';
import { type Clock, iso } from '../../../../shared/time/clock.ts';
import type { Account } from '../account.ts';
import type { Accounts } from '../aggregate.ts';
import { openFenOf } from '../ledger/debts.ts';
import { ASKS, HOLD_KINDS, RUNGS } from '../terms.ts';
import { type DunningTask, holdToday, TASKS, type TaskKind, tasksOf } from './tasks.ts';

export interface Deps {
  accounts: Accounts;
  policies: Policies;
  directory: Directory;
  personal: PersonalReader;
  access: Access;
  clock: Clock;
}

/** Accounts read for one page at most; the rest is the next page. */
const READ_MOST = 1000;
const READ_STEP = 100;

const taskOut = z
  .object({
    account: z.string(),
    unit: z.string(),
    ...placeOut,
    party: z.string(),
    name: z.string().nullable().meta({ description: 'null once erased' }),
    phones: z.array(z.string()).meta({ description: 'Those given for fees first' }),
    openFen: z.number().int().meta({ description: 'Principal and late charges that are open (fen)' }),
    since: day.optional().meta({ description: 'The oldest day on which something open was due' }),
    hold: z
      .object({ kind: z.enum(HOLD_KINDS), until: day })
      .optional()
      .meta({ description: 'In force today: dunning pauses, so ask before you call' }),
    tasks: z.array(
      z.object({
        task: z.enum(TASKS),
        rung: z.enum(RUNGS),
        dueDay: day.meta({ description: 'Of the debts that it is about' }),
        on: day.meta({ description: 'The day on which the step fell due' }),
        due: instantOut,
        late: z.boolean(),
        calls: z
          .array(z.object({ calledAt: instantOut, message: z.boolean() }))
          .meta({ description: 'Calls in vain; a second one counts in another part of the day' }),
        asks: z
          .object({ why: z.enum(ASKS), message: z.enum(RUNGS), words: z.string() })
          .optional()
          .meta({ description: 'Why you decide, and what between: `words` says so in the language asked for' }),
      }),
    ),
  })
  .meta({ id: 'DunningTask' });

/** The site's accounts that wait for somebody, newest first; a page may be short. @param after the `next` before */
const waitingPage = async (
  accounts: Accounts,
  site: string,
  { limit, after }: { limit: number; after?: string | undefined },
  tasksFor: (state: Account) => DunningTask[],
) => {
  const items: { id: string; state: Account; tasks: DunningTask[] }[] = [];
  let last = after;
  for (let read = 0; read < READ_MOST; read += READ_STEP) {
    const page = await accounts.list(site, false, READ_STEP, last);
    for (const { id, state } of page.items) {
      const tasks = state ? tasksFor(state) : [];
      if (!state || tasks.length === 0) continue;
      if (items.length === limit) return { items, next: items.at(-1)?.id };
      items.push({ id, state, tasks });
    }
    if (page.next === undefined) return { items };
    last = page.next;
  }
  return { items, next: last };
};

export const routes: Route<Deps>[] = [
  routesFor<Deps>()({
    method: 'GET',
    path: '/sites/{site}/dunning/tasks',
    summary: 'What dunning waits for people to do today: whom to call, where to go, what to review; late ones too',
    who: ['agent', 'supervisor', 'centre-manager', 'site-director'],
    personal: true,
    params: siteOnly,
    query: z.strictObject({
      task: z.enum(TASKS).optional().meta({ description: 'One kind alone: `phone` is the call list' }),
      ...paging,
    }),
    answer: pageOf(taskOut),
    async handle({ params: { site }, query: { task, ...paged }, now, language }, deps) {
      const { accounts, policies, directory, personal } = deps;
      const facts = await policies.site(site);
      const { timeZone } = facts;
      const wanted: readonly TaskKind[] = task === undefined ? TASKS : [task];
      const { items, next } = await waitingPage(accounts, site, paged, (state) => tasksOf(state, now, wanted));
      const cards = await payersOf(
        directory,
        site,
        items.map(({ state }) => state.party),
      );
      const texts = await personal.read(
        site,
        [...cards.values()].flatMap(({ name, phones }) => [name, ...phones.map(({ value }) => value)]),
        'contract',
      );
      const named = items.map(({ id, state, tasks }) => {
        const card = cards.get(state.party);
        const since = state.debts.map(({ dueDay }) => dueDay).sort()[0];
        const hold = holdToday(state, now, timeZone);
        return {
          account: id,
          unit: state.unit,
          party: state.party,
          name: (card && texts.get(card.name.ref)) ?? null,
          phones: card?.phones.flatMap(({ value }) => texts.get(value.ref) ?? []) ?? [],
          openFen: openFenOf(state),
          ...(since === undefined ? {} : { since }),
          ...(hold === undefined ? {} : { hold }),
          tasks: tasks.map(({ due, calls, asks, ...one }) => ({
            ...one,
            due: iso(due),
            ...(asks ? { asks: { ...asks, words: say(`asks.${asks.why}`, language) } } : {}),
            calls: calls.map(({ calledAt, message }) => ({ calledAt: iso(calledAt), message })),
          })),
        };
      });
      return { items: await placed(directory, facts, named), ...(next === undefined ? {} : { next }) };
    },
  }),
];
