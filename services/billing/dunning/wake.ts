import { addDays, type Day, localDay } from '../../../shared/clock.ts';
import type { Wake } from '../../../shared/journal/aggregate.ts';
import { type Ground, groundAt, type Policies } from '../../../shared/policy.ts';
import type { Account } from '../accounts/account.ts';
import { complete, foreseen, nextDunning } from '../accounts/complete.ts';
import { overdue } from '../accounts/debts.ts';
import type { AccountEvent } from '../accounts/events.ts';
import { accrue } from '../accounts/late.ts';
import { dun, type PolicyAt } from './dun.ts';
import { ladderOf, momentOf } from './ladder.ts';

/** The policies in force at each moment at which a rung of the account's debts may have fallen due, read beforehand. */
export const policiesAt = async (
  policies: Policies,
  site: string,
  state: Pick<Account, 'debts'>,
  today: Day,
  { zone, policy }: Ground,
): Promise<PolicyAt> => {
  const days = new Set(overdue(state, today).map(({ dueDay }) => dueDay));
  const moments = [...days].flatMap((dueDay) => ladderOf(policy).map((rung) => momentOf(dueDay, rung, zone, policy)));
  const known = new Map(
    await Promise.all(moments.map(async (at) => [at, (await policies.at(site, at)).values] as const)),
  );
  return (moment) => known.get(moment) ?? policy;
};

/**
 * In: an account whose dunning day has come, or a sweep that found it. Out: the steps that are due by the facts (what is
 * open, how old it is, what is held) and the policy now in force, and when to look next.
 */
export const dunningWake =
  (policies: Policies): Wake<Account, AccountEvent> =>
  async (site, state, now) => {
    const ground = await groundAt(policies, site, now);
    const today = localDay(now, ground.zone);
    const policyAt = await policiesAt(policies, site, state, today, ground);
    const steps = dun(state, now, ground, policyAt);
    const acts = steps.some(({ name }) => name === 'account.step-due');
    const late = acts ? accrue(state, addDays(today, -1), ground.policy) : [];
    // A step says what is open with the late charges up to yesterday, where there are any.
    const due = late.length > 0 ? [...late, ...dun(foreseen(state, late, now), now, ground, policyAt)] : steps;
    if (due.length > 0) return complete(state, due, now, ground);
    // Nothing is due after all: look again when something may be.
    const wake = nextDunning(state, now + 1, ground);
    const stale = state.wake !== undefined && state.wake <= now;
    return stale || (wake ?? undefined) !== state.wake ? [{ name: 'account.rescheduled', data: { wake } }] : [];
  };
