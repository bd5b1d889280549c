import type { Happening } from '../../../../shared/domain/events.ts';
import type { PolicyValues } from '../../../../shared/policy/policy.ts';
import type { Day } from '../../../../shared/time/clock.ts';
import type { Account, Debt } from '../account.ts';
import type { AccountEvent } from '../events.ts';
import { daysBetween } from './days.ts';

const PER = 1_000_000n;

const simple = (openFen: number, perMillion: number, days: number): number =>
  days <= 0 ? 0 : Number((BigInt(openFen) * BigInt(perMillion) * BigInt(days)) / PER);

/** Through which day a debt has accrued; never before it was due. */
const throughOf = ({ dueDay, lateThrough = dueDay }: Debt): Day => (lateThrough < dueDay ? dueDay : lateThrough);

/** What accrues on a debt up to a day: simple; with every late charge there was, never above the principal. */
const accrued = (debt: Debt, through: Day, perMillion: number): number => {
  const { openFen, lateFen, lateChargedFen = lateFen } = debt;
  const fen = simple(openFen, perMillion, daysBetween(throughOf(debt), through));
  return Math.max(0, Math.min(fen, openFen - lateChargedFen));
};

/** What had accrued on a debt for days after one on which the money was there, though nobody had entered it. */
const takenBack = (debt: Debt, through: Day, perMillion: number): number => {
  const from = through < debt.dueDay ? debt.dueDay : through;
  return -Math.min(debt.lateFen, simple(debt.openFen, perMillion, daysBetween(from, throughOf(debt))));
};

/**
 * Late charges (违约金) up to a day, before money is allocated or a demand is written; nothing where the policy has none.
 * Rounded down to the fen in the payer's favour.
 * @param paid money came on that day and is entered only now: what has accrued since is taken back
 */
export const accrue = (
  { debts }: Account,
  through: Day,
  { lateChargePerMillion: perMillion }: PolicyValues,
  { paid = false } = {},
): Happening<AccountEvent>[] => {
  if (perMillion === 0) return [];
  const charges = debts
    .map((debt) => ({
      bill: debt.bill,
      fen: accrued(debt, through, perMillion) + (paid ? takenBack(debt, through, perMillion) : 0),
    }))
    .filter(({ fen }) => fen !== 0);
  return charges.length === 0 ? [] : [{ name: 'account.late-charged', data: { charges, through } }];
};
