import { addDays, type Day, type Instant, localDay } from '../../../shared/clock.ts';
import { evolve } from '../../../shared/journal/execute.ts';
import type { Ground } from '../../../shared/policy.ts';
import { payerOn, type UnitEntry } from '../../../shared/units.ts';
import { accountId } from '../accounts/account.ts';
import { close } from '../accounts/close.ts';
import type { Accounts } from '../accounts/store.ts';
import { RUN_ACTOR } from './bills.ts';

/**
 * From which day on a party pays no longer, where that day has come; `undefined` while it pays. One that the timeline
 * doesn't have any more was overtaken by whoever pays now.
 */
const leftOn = ({ payers }: UnitEntry, party: string, today: Day): Day | undefined => {
  if (payerOn(payers, today) === party) return undefined;
  const last = payers.findLastIndex((payer) => payer.party === party && (payer.from ?? '') <= today);
  return last === -1 ? payers.findLast(({ from = '' }) => from <= today)?.from : payers[last + 1]?.from;
};

/** Closes the accounts of those who no longer pay for a unit. @param parties who have one, or may have */
export const closeLeft = async (
  accounts: Accounts,
  { site, now, ground }: { site: string; now: Instant; ground: Ground },
  unit: UnitEntry,
  parties: readonly string[],
): Promise<void> => {
  const today = localDay(now, ground.zone);
  for (const party of parties) {
    const day = leftOn(unit, party, today);
    if (day === undefined) continue;
    await evolve(accounts, {
      site,
      id: accountId(unit.unit, party),
      now,
      by: RUN_ACTOR.staff,
      decide: (state) => close({ state, actor: RUN_ACTOR, now, ground }, day),
    });
  }
};

/** How long after a sale's day the run looks whether the seller's account is closed. */
const DAYS_BACK = 62;

/** Closes what was sold ahead of its day: when that was heard of, the day was still to come. */
export const closeSold = async (
  accounts: Accounts,
  at: { site: string; now: Instant; ground: Ground },
  units: readonly UnitEntry[],
): Promise<void> => {
  const today = localDay(at.now, at.ground.zone);
  const since = addDays(today, -DAYS_BACK);
  for (const unit of units) {
    const sold = unit.payers.some(({ from }) => from !== undefined && from > since && from <= today);
    if (sold) await closeLeft(accounts, at, unit, [...new Set(unit.payers.flatMap(({ party }) => party ?? []))]);
  }
};
