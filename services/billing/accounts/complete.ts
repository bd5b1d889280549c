import type { NewEvent } from '../../../shared/domain/events.ts';
import { type Obligation, open } from '../../../shared/domain/obligation.ts';
import { append } from '../../../shared/journal/aggregate.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import { addDays, atLocal, type Day, type Instant, localDay, startOfDay } from '../../../shared/time/clock.ts';
import type { Account } from './account.ts';
import { accountType } from './aggregate.ts';
import type { AccountEvent } from './events.ts';
import { heldOn } from './ladder/holds.ts';
import { above, ladderOf, momentOf, nextDecision } from './ladder/ladder.ts';
import { allocate } from './ledger/allocate.ts';
import { addMonths, addYears } from './ledger/days.ts';
import { claims } from './ledger/debts.ts';

type NewEvents = NewEvent<AccountEvent>[];

/** Claims for fees lapse after three years (Civil Code 188), counted anew from a demand that arrived (195). */
const LIMITATION_YEARS = 3;

/** When it is warned of that a claim will lapse. */
const warningOf = (claim: Day, { zone, policy }: PolicyContext): Instant =>
  startOfDay(addMonths(claim, policy.limitationWarnMonths), zone);

/**
 * An account with anything open owes this: that it is collected before it lapses. It is what makes sure that no debt is
 * without somebody responsible, also between two steps of the ladder.
 */
const collect = (claim: Day, context: PolicyContext): Obligation =>
  open({
    duty: 'collect',
    of: claim,
    position: { role: 'centre-manager' },
    since: startOfDay(claim, context.zone),
    due: startOfDay(addYears(claim, LIMITATION_YEARS), context.zone),
    remindAt: warningOf(claim, context),
    ladder: [[0, 'site-director']],
  });

/** Claims that are watched: those warned of by now, and the next; and when one more has to be. */
const watched = ({ debts }: Account, now: Instant, context: PolicyContext): { watch: Day[]; wake?: Instant } => {
  const all = claims(debts);
  const later = all.findIndex((claim) => warningOf(claim, context) > now);
  if (later === -1 || later === all.length - 1) return { watch: all };
  return { watch: all.slice(0, later + 1), wake: warningOf(all[later] as Day, context) };
};

/**
 * When dunning next has something to decide after an instant: the next rung of any due day, the end of a hold, a new
 * policy; `null` when there is nothing.
 */
export const nextDunning = (state: Account, after: Instant, context: PolicyContext): Instant | null => {
  if (state.debts.length === 0) return null;
  const { zone, policy, changesAt } = context;
  const now = after + 1;
  const ladder = ladderOf(policy);
  const ends = Object.values(state.holds).map(({ until }) => atLocal(addDays(until, 1), policy.dunMinute, zone));
  const held = heldOn(state, localDay(now, zone));
  const days = [...new Set(state.debts.map(({ dueDay }) => dueDay))];
  const rungs = days.flatMap((dueDay) => {
    const { passed = [], held: kept = [], missed } = state.ladders[dueDay] ?? {};
    const [next] = above(ladder, held ? [...passed, ...kept] : passed);
    return [
      ...(missed && !held ? [nextDecision(now, zone, policy)] : []),
      ...(next ? [Math.max(momentOf(dueDay, next, zone, policy), nextDecision(now, zone, policy))] : []),
    ];
  });
  // Under another policy something else may be due: it wakes up anew when that takes effect.
  const { wake: claim } = watched(state, now, context);
  const moments = [...ends, ...rungs, ...[changesAt, claim].filter((at) => at !== undefined)].filter(
    (at) => at > after,
  );
  return moments.length === 0 ? null : Math.min(...moments);
};

/** The account after what is about to happen to it. */
export const foreseen = (state: Account | undefined, newEvents: NewEvents, now: Instant): Account =>
  append(accountType, { id: '', site: '', version: 0, state }, newEvents, now, '').next.state as Account;

/**
 * Steps whose debts are all settled have nothing left to say; a promise is kept, and over, once nothing is open that falls
 * due within it: it may be given before the due day.
 */
const ended = (state: Account, now: Instant): NewEvents => {
  const settledSteps = state.steps.filter(({ dueDay }) => !state.debts.some((debt) => debt.dueDay === dueDay));
  const kept = Object.entries(state.holds).filter(
    ([, { kind, until }]) => kind === 'promise' && !state.debts.some(({ dueDay }) => dueDay <= until),
  );
  const [first, ...also] = settledSteps.map(({ dueDay, rung, on }) => ({ dueDay, rung, on }));
  const steps: NewEvents = first
    ? [
        {
          name: 'account.step-done',
          data: { ...first, ...(also.length > 0 ? { also } : {}), doneAt: now, settled: true },
        },
      ]
    : [];
  return [
    ...steps,
    ...kept.map(([hold]): NewEvents[number] => ({
      name: 'account.released',
      data: { hold, kind: 'promise', why: 'kept' },
    })),
  ];
};

/** Nobody is in arrears whose prepaid money would pay for it, whatever freed that money. */
const offset = ({ debts, creditFen }: Account, day: Day): NewEvents =>
  creditFen > 0 && debts.length > 0
    ? [{ name: 'account.offset', data: { offsets: allocate(debts, creditFen, { day }).allocations } }]
    : [];

/**
 * Completes what a decision leads to: what it settles ends with it, and the last event says what is owed from now on and
 * when the account wakes up next. Both are worked out from the facts as they then are, never carried along.
 */
export const complete = (
  state: Account | undefined,
  newEvents: NewEvents,
  now: Instant,
  context: PolicyContext,
): NewEvents => {
  if (newEvents.length === 0) return newEvents;
  const decided = foreseen(state, newEvents, now);
  const offsets = offset(decided, localDay(now, context.zone));
  const after = foreseen(decided, offsets, now);
  const over = ended(after, now);
  const all = [...newEvents, ...offsets, ...over];
  const final = foreseen(after, over, now);
  const known = new Set(final.owed.flatMap(({ duty, of }) => (duty === 'collect' ? [of] : [])));
  const owes = watched(final, now, context).watch.filter((claim) => !known.has(claim));
  const wake = nextDunning(final, now, context);
  const last = all.at(-1) as NewEvents[number] & { data: { opens?: Obligation[] } };
  const opens = [...(last.data.opens ?? []), ...owes.map((claim) => collect(claim, context))];
  const data = {
    ...last.data,
    ...(opens.length > 0 ? { opens } : {}),
    ...(wake === (final.wake ?? null) ? {} : { wake }),
  };
  return [...all.slice(0, -1), { ...last, data } as NewEvents[number]];
};
