import { execute } from '../../../shared/journal/execute.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import { cashDayId, isSigned } from './cash-day.ts';
import { moved } from './decide.ts';
import type { CashRow } from './figures.ts';
import { figuresOfDay, type RowDeps } from './rows-store.ts';
import type { CashDays } from './store.ts';

export interface MovedDeps extends RowDeps {
  cashDays: CashDays;
  policies: Policies;
}

/**
 * Money moved on a day, and what says so is written: closing the day is owed from the first time on; a day that is signed
 * is owed anew where it really is another than was signed. Told again it does nothing. One read, while the day is open.
 * @param line of the day's statements, that has to be among its rows
 * @throws Error where the index that finds the lines doesn't have it yet: to be told again
 */
export const moneyMoved = async (
  deps: MovedDeps,
  { site, day, now, by, line }: { site: string; day: Day; now: Instant; by: string; line?: string | undefined },
): Promise<void> => {
  const { cashDays, policies } = deps;
  const id = cashDayId(day);
  const { state } = await cashDays.head(site, id);
  if (state && (!isSigned(state) || state.changed)) return;
  let found = line === undefined;
  const saw = ({ of }: CashRow) => {
    found ||= of === line;
  };
  const seal = state && (await figuresOfDay(deps, site, day, saw)).seal;
  if (state && !found) throw new Error(`${line} is not in the index of ${day} yet`);
  const context = await contextAt(policies, site, now);
  await execute(cashDays, { site, id, now, by, decide: (known) => moved(known, { day, seal }, now, context) });
};
