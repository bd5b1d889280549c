import type { Day } from '../../../shared/clock.ts';
import type { Happening } from '../../../shared/events.ts';
import type { PolicyValues } from '../../../shared/policy.ts';
import type { Account, Debt } from './account.ts';
import { daysBetween } from './days.ts';
import type { AccountEvent } from './events.ts';

const PER = 1_000_000n;

/** What accrues on a debt for the days after its due day, or after it last accrued: simple; with every late charge there was, never above the principal. */
const accrued = (
  { dueDay, lateThrough = dueDay, openFen, lateFen, lateChargedFen = lateFen }: Debt,
  through: Day,
  perMillion: number,
): number => {
  const days = daysBetween(lateThrough, through);
  if (days <= 0) return 0;
  const fen = Number((BigInt(openFen) * BigInt(perMillion) * BigInt(days)) / PER);
  return Math.max(0, Math.min(fen, openFen - lateChargedFen));
};

/**
 * Late charges (违约金) up to a day, before money is allocated or a demand is written; nothing where the policy has none.
 * Rounded down to the fen in the payer's favour.
 */
export const accrue = (
  { debts }: Account,
  through: Day,
  { lateChargePerMillion }: PolicyValues,
): Happening<AccountEvent>[] => {
  if (lateChargePerMillion === 0) return [];
  const charges = debts
    .map((debt) => ({ bill: debt.bill, fen: accrued(debt, through, lateChargePerMillion) }))
    .filter(({ fen }) => fen > 0);
  return charges.length === 0 ? [] : [{ name: 'account.late-charged', data: { charges, through } }];
};
