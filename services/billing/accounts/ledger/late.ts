import type { NewEvent } from '../../../../shared/domain/events.ts';
import type { PolicyValues } from '../../../../shared/policy/policy.ts';
import { type Day, daysBetween } from '../../../../shared/time/clock.ts';
import { sumFen } from '../../../../shared/values/money.ts';
import type { Account, OpenBill } from '../account.ts';
import type { AccountEvent } from '../events.ts';
import type { LedgerEntry } from './entries.ts';

const PER = 1_000_000n;

const simple = (openFen: number, perMillion: number, days: number): number =>
  days <= 0 ? 0 : Number((BigInt(openFen) * BigInt(perMillion) * BigInt(days)) / PER);

/** Through which day a debt has accrued; never before it was due. */
const throughOf = ({ dueDay, lateThrough = dueDay }: OpenBill): Day => (lateThrough < dueDay ? dueDay : lateThrough);

/** What accrues on a debt up to a day: simple; with every late charge there was, never above the principal. */
const accrued = (debt: OpenBill, through: Day, perMillion: number): number => {
  const { openFen, lateFen, lateChargedFen = lateFen } = debt;
  const fen = simple(openFen, perMillion, daysBetween(throughOf(debt), through));
  return Math.max(0, Math.min(fen, openFen - lateChargedFen));
};

/** What had accrued on a debt for days after one on which the money was there, though nobody had entered it. */
const takenBack = (debt: OpenBill, through: Day, perMillion: number): number => {
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
): NewEvent<AccountEvent>[] => {
  if (perMillion === 0) return [];
  const charges = debts
    .map((debt) => ({
      bill: debt.bill,
      fen: accrued(debt, through, perMillion) + (paid ? takenBack(debt, through, perMillion) : 0),
    }))
    .filter(({ fen }) => fen !== 0);
  return charges.length === 0 ? [] : [{ name: 'account.late-charged', data: { charges, through } }];
};

/** A share of an amount, rounded down to the fen. */
const shareOf = (fen: number, part: number, whole: number): number =>
  whole <= 0 ? 0 : Number((BigInt(fen) * BigInt(Math.max(0, part))) / BigInt(whole));

/** What of a bill's late charges was charged on principal that is owed, once its last corrections and this one are made. */
const chargedOnOwed = (lines: readonly LedgerEntry[], fen: number): number => {
  let [owed, corrected] = [0, Math.min(0, fen)];
  let open = sumFen(lines.map((line) => (line.part === 'principal' ? line.owedFen : 0)));
  for (const { kind, part, owedFen } of [...lines].reverse()) {
    if (kind === 'late' && owedFen > 0) owed += shareOf(owedFen, Math.min(open, open + corrected), open);
    if (kind === 'adjustment') corrected += owedFen;
    if (part === 'principal') open -= owedFen;
  }
  return owed;
};

/**
 * A bill that was too high never owed the late charges of what was too much: as far as they are open, they go with it.
 * @param fen what is corrected, signed
 */
export const lateCorrected = (
  { bill, dueDay, lateFen, lateThrough = dueDay }: OpenBill,
  fen: number,
  entries: readonly LedgerEntry[],
): NewEvent<AccountEvent>[] => {
  const lines = entries.filter((line) => line.bill === bill);
  const charged = sumFen(lines.map(({ kind, owedFen }) => (kind === 'late' ? owedFen : 0)));
  const back = Math.min(lateFen, charged - chargedOnOwed(lines, fen));
  return fen >= 0 || back <= 0
    ? []
    : [{ name: 'account.late-charged', data: { charges: [{ bill, fen: -back }], through: lateThrough } }];
};
