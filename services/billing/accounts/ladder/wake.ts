import type { Wake } from '../../../../shared/journal/aggregate.ts';
import type { Policies } from '../../../../shared/policy/policies.ts';
import { contextAt, type PolicyContext } from '../../../../shared/policy/policy-context.ts';
import { addDays, type Instant, localDay } from '../../../../shared/time/clock.ts';
import type { Account } from '../account.ts';
import { complete, foreseen, nextDunning } from '../complete.ts';
import type { AccountEvent } from '../events.ts';
import { accrue } from '../ledger/late.ts';
import { dun } from './dun.ts';

/** Pays what is overdue on an account from what its payer has prepaid on others. */
export type Cover = (site: string, state: Account, now: Instant, context: PolicyContext) => Promise<unknown>;

/**
 * In: an account whose dunning day has come, or a sweep or a command that found it. Out: the steps that fell due by the
 * facts (what is open, how old it is, what is held) and the policies in force at their moments, and when it wakes up next.
 */
export const dunningWake =
  (policies: Policies, cover?: Cover): Wake<Account, AccountEvent> =>
  async (site, state, now, { dry } = { dry: false }) => {
    const context = await contextAt(policies, site, now);
    const timeline = await policies.since(site, state.seen);
    const steps = dun(state, now, timeline, context.zone);
    const acts = steps.some(({ name }) => name === 'account.step-due');
    // What a prepaid balance of the payer covers is paid from it first. The account is another then: it wakes up anew.
    if (acts && !dry) await cover?.(site, state, now, context);
    const late = acts ? accrue(state, addDays(localDay(now, context.zone), -1), context.policy) : [];
    // A step says what is open with the late charges up to yesterday, where there are any.
    const charged = late.length > 0 ? dun(foreseen(state, late, now), now, timeline, context.zone, state.seen) : steps;
    const due = [...late, ...charged];
    if (due.length > 0) return complete(state, due, now, context);
    // Nothing is due after all: it wakes up when something may be.
    const wake = nextDunning(state, now, context);
    const stale = state.wake !== undefined && state.wake <= now;
    const again = stale || (wake ?? undefined) !== state.wake;
    return again ? complete(state, [{ name: 'account.rescheduled', data: {} }], now, context) : [];
  };
