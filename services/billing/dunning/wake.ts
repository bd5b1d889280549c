import { addDays, type Day, localDay } from '../../../shared/clock.ts';
import type { Wake } from '../../../shared/journal/aggregate.ts';
import { type Ground, groundAt, type Policies } from '../../../shared/policy.ts';
import type { Account } from '../accounts/account.ts';
import { complete, nextDunning } from '../accounts/complete.ts';
import { overdue } from '../accounts/debts.ts';
import { foreseen } from '../accounts/decide.ts';
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
    const late = dun(state, now, ground, policyAt).some(({ name }) => name === 'account.step-due')
      ? accrue(state, addDays(today, -1), ground.policy)
      : [];
    const steps = dun(late.length > 0 ? foreseen(state, late, now) : state, now, ground, policyAt);
    if (steps.length > 0) return complete(state, [...late, ...steps], now, ground);
    // Nothing is due after all: look again when something may be.
    const wake = nextDunning(state, now + 1, ground);
    const stale = state.wake !== undefined && state.wake <= now;
    return stale || (wake ?? undefined) !== state.wake ? [{ name: 'account.rescheduled', data: { wake } }] : [];
  };
