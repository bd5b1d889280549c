import type * as z from 'zod';
import type { Recorded } from '../../../../shared/domain/events.ts';
import type { Day, Instant } from '../../../../shared/time/clock.ts';
import type { Month } from '../../../../shared/time/month.ts';
import type { AccountEvent, DunningRung } from '../../../billing/events.ts';
import type { Span } from '../../figures/contract.ts';
import { monthAt } from '../money.ts';
import { type Bucket, bucketOf } from './ageing.ts';
import { type Debts, debtOutcomesOf, debtsAfter, NO_DEBTS, openOf } from './debts.ts';
import type { DebtOutcome } from './ladder.ts';
import type { debtorOut } from './view.ts';

type Event = Recorded<AccountEvent>;
type Debtor = z.input<typeof debtorOut>;

/** Which debts: of an age; or of a cohort's rung, by what became of them. */
export interface Which {
  bucket?: Bucket | undefined;
  cohort?: Span | undefined;
  rung?: DunningRung | undefined;
  outcome?: DebtOutcome | undefined;
}

/** An account's debts as they stood at the end of a month; an event recorded late counts with the one before it. */
const debtsAt = (events: readonly Event[], zone: string, month: Month | undefined): Debts => {
  let debts = NO_DEBTS;
  let latest: Instant = 0;
  for (const event of events) {
    latest = Math.max(latest, event.at);
    if (month !== undefined && monthAt(latest, zone) > month) break;
    debts = debtsAfter(debts, event);
  }
  return debts;
};

const isOf = ({ bucket, cohort, rung, outcome }: Which, debt: Debtor['debts'][number]): boolean => {
  if (cohort === undefined) return debt.bills.length > 0 && (bucket === undefined || bucket === debt.bucket);
  if (debt.dueDay < cohort.from || debt.dueDay > cohort.to) return false;
  return debt.rungs.some((one) => (rung ?? one.rung) === one.rung && (outcome ?? one.outcome) === one.outcome);
};

/**
 * An account with those of its debts that are asked for, from its journal (pure); `undefined` where it has none.
 * @param on the day to which ages are counted
 */
export const debtorOf = (
  account: string,
  events: readonly Event[],
  which: Which,
  { zone, month, on }: { zone: string; month: Month | undefined; on: Day },
): Debtor | undefined => {
  const opened = events.find((event) => event.name === 'account.opened')?.data;
  const { due, holds } = debtsAt(events, zone, month);
  const held = holds.length > 0;
  const debts = Object.entries(due)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([dueDay, debt]) => ({
      dueDay,
      bucket: bucketOf(dueDay, on),
      ...openOf(debt),
      bills: Object.entries(debt.bills).map(([bill, open]) => ({ bill, ...open })),
      rungs: debtOutcomesOf(debt, held),
    }))
    .filter((debt) => isOf(which, debt));
  if (!opened || debts.length === 0) return undefined;
  const sum = (of: 'fen' | 'lateFen') => debts.reduce((total, debt) => total + debt[of], 0);
  const { unit, party } = opened;
  return { account, unit, party, fen: sum('fen'), lateFen: sum('lateFen'), held, debts };
};
