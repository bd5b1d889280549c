import { addDays, atLocal, type Instant, localDay, startOfDay } from '../../../shared/clock.ts';
import type { Happening } from '../../../shared/events.ts';
import { append } from '../../../shared/journal/aggregate.ts';
import { type Obligation, open } from '../../../shared/obligation.ts';
import type { Ground, PolicyValues } from '../../../shared/policy.ts';
import { heldOn } from '../dunning/holds.ts';
import { above, ladderOf, momentOf, nextDecision } from '../dunning/ladder.ts';
import { type Account, accountType, type Debt } from './account.ts';
import { addMonths, addYears } from './days.ts';
import { oldestClaim, overdue } from './debts.ts';
import type { AccountEvent } from './events.ts';

type Happenings = Happening<AccountEvent>[];

/** Claims for fees lapse after three years (Civil Code 188), counted anew from a demand that arrived (195). */
const LIMITATION_YEARS = 3;

/**
 * An account with anything open owes this: that it is collected before the oldest debt lapses. It is what makes sure
 * that no debt is without somebody responsible, also between two steps of the ladder.
 */
const collect = (debts: readonly Debt[], zone: string, policy: PolicyValues): Obligation | undefined => {
  const first = oldestClaim(debts);
  if (first === undefined) return undefined;
  return open({
    duty: 'collect',
    of: first,
    post: { role: 'centre-manager' },
    since: startOfDay(first, zone),
    due: startOfDay(addYears(first, LIMITATION_YEARS), zone),
    remindAt: startOfDay(addMonths(first, policy.limitationWarnMonths), zone),
    ladder: [[0, 'site-director']],
  });
};

/** When dunning has to look next: the next rung of any due day, the end of a hold, a new policy; `null` when there is none. */
export const nextDunning = (state: Account, now: Instant, { zone, policy, changesAt }: Ground): Instant | null => {
  const ladder = ladderOf(policy);
  const ends = Object.values(state.holds).map(({ until }) => atLocal(addDays(until, 1), policy.dunMinute, zone));
  const held = heldOn(state, localDay(now, zone))?.[1];
  const days = [...new Set(state.debts.map(({ dueDay }) => dueDay))];
  const rungs = days.flatMap((dueDay) => {
    const { passed = [], held: kept = [] } = state.ladders[dueDay] ?? {};
    return above(ladder, passed)
      .filter(({ rung, days }) => !held || (!kept.includes(rung) && addDays(dueDay, days) >= held.from))
      .slice(0, held ? undefined : 1)
      .map((rung) => Math.max(momentOf(dueDay, rung, zone, policy), nextDecision(now, zone, policy)));
  });
  if (state.debts.length === 0) return null;
  // Under another policy something else may be due: it is looked at anew when that takes effect.
  const moments = [...ends, ...rungs, ...(changesAt === undefined ? [] : [changesAt])];
  return moments.length === 0 ? null : Math.min(...moments);
};

/** The account after what is about to happen to it. */
export const foreseen = (state: Account | undefined, happenings: Happenings, now: Instant): Account =>
  append(accountType, { id: '', site: '', version: 0, state }, happenings, now, '').next.state as Account;

/** Steps whose debts are all settled have nothing left to say; promises to pay that were kept are over. */
const ended = (state: Account, now: Instant, zone: string): Happenings => {
  const today = localDay(now, zone);
  const settledSteps = state.steps.filter(({ dueDay }) => !state.debts.some((debt) => debt.dueDay === dueDay));
  const kept =
    overdue(state, today).length > 0 ? [] : Object.entries(state.holds).filter(([, { kind }]) => kind === 'promise');
  return [
    ...settledSteps.map(({ dueDay, rung, on }): Happenings[number] => ({
      name: 'account.step-done',
      data: { dueDay, rung, on, doneAt: now, settled: true },
    })),
    ...kept.map(([hold]): Happenings[number] => ({ name: 'account.released', data: { hold, why: 'kept' } })),
  ];
};

/**
 * Completes what a decision leads to: what it settles ends with it, and the last event says what is owed from now on and
 * when to look at the account next. Both are worked out from the facts as they then are, never carried along.
 */
export const complete = (
  state: Account | undefined,
  happenings: Happenings,
  now: Instant,
  ground: Ground,
): Happenings => {
  if (happenings.length === 0) return happenings;
  const after = foreseen(state, happenings, now);
  const over = ended(after, now, ground.zone);
  const all = [...happenings, ...over];
  const final = foreseen(after, over, now);
  const owes = collect(final.debts, ground.zone, ground.policy);
  const known = final.owed.find(({ duty }) => duty === 'collect');
  const wake = nextDunning(final, now, ground);
  const last = all.at(-1) as Happenings[number] & { data: { opens?: Obligation[] } };
  const opens = [...(last.data.opens ?? []), ...(owes && owes.of !== known?.of ? [owes] : [])];
  const data = {
    ...last.data,
    ...(opens.length > 0 ? { opens } : {}),
    ...(wake === (final.wake ?? null) ? {} : { wake }),
  };
  return [...all.slice(0, -1), { ...last, data } as Happenings[number]];
};
