import { payerOn, type UnitEntry } from '../../../shared/directory/units.ts';
import { execute } from '../../../shared/journal/execute.ts';
import type { Actor } from '../../../shared/people/access.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import { addDays, type Day, type Instant, localDay } from '../../../shared/time/clock.ts';
import { accountId, close, reopen } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/contract-store.ts';
import { mandatePublished } from '../deductions/contract.ts';
import { RUN_ACTOR } from './bills.ts';

/**
 * From which day on a party that doesn't pay today no longer does. One that the timeline doesn't have was overtaken by
 * whoever pays now, or left so long ago that the day on which its account was closed stands.
 * @param known that day
 */
const leftOn = ({ payers }: UnitEntry, party: string, today: Day, known: Day | undefined): Day | undefined => {
  const last = payers.findLastIndex((payer) => payer.party === party && (payer.from ?? '') <= today);
  if (last !== -1) return payers[last + 1]?.from;
  if (payers[0]?.cut && known !== undefined) return known;
  const since = payers.findLast(({ from = '' }) => from <= today)?.from;
  // Never a payer by the timeline as it is now: one who was entered by mistake.
  return since ?? (payers.some((payer) => payer.party === party) ? undefined : (known ?? today));
};

interface At {
  site: string;
  now: Instant;
  context: PolicyContext;
}

/**
 * Closes the accounts of those who no longer pay for a unit, and opens again that of who does. @param at its actor is what heard of it
 * @param parties who have one, or may have
 */
export const closeLeft = async (
  accounts: Accounts,
  { site, now, context, actor }: At & { actor: Actor },
  unit: UnitEntry,
  parties: readonly string[],
): Promise<void> => {
  const today = localDay(now, context.zone);
  for (const party of parties) {
    const pays = payerOn(unit.payers, today) === party;
    await execute(accounts, {
      site,
      id: accountId(unit.unit, party),
      now,
      by: actor.staff,
      decide: (state) => {
        if (pays) return reopen({ state, actor, now, context });
        const day = leftOn(unit, party, today, state?.closedOn);
        return day === undefined ? [] : close({ state, actor, now, context }, day);
      },
      publish: mandatePublished,
    });
  }
};

/** How long after a sale's day the run looks whether the seller's account is closed. */
const DAYS_BACK = 62;

/** Closes what was sold ahead of its day: when that was heard of, the day was still to come. */
export const closeSold = async (accounts: Accounts, at: At, units: readonly UnitEntry[]): Promise<void> => {
  const today = localDay(at.now, at.context.zone);
  const since = addDays(today, -DAYS_BACK);
  for (const unit of units) {
    const sold = unit.payers.some(({ from }) => from !== undefined && from > since && from <= today);
    if (sold)
      await closeLeft(accounts, { ...at, actor: RUN_ACTOR }, unit, [
        ...new Set(unit.payers.flatMap(({ party }) => party ?? [])),
      ]);
  }
};
