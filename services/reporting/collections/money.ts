import { type Instant, localDay } from '../../../shared/time/clock.ts';
import { type Month, monthOf } from '../../../shared/time/month.ts';
import type { LedgerEntry } from '../../billing/contract.ts';
import { LADDER_AMOUNTS, type LadderAmount } from './arrears/ladder.ts';

/**
 * What ledger lines come to, by kind (fen). Principal first, then late charges (违约金), then the prepaid balance; all of
 * them grow, so that what was undone is told apart from what never was.
 */
export const AMOUNTS = [
  'charged',
  'discount',
  'adjusted',
  'collected',
  'reversed',
  /** Had been paid on a bill beyond what a correction left of it; prepaid from then on. */
  'freed',
  'offset',
  'undone',
  'waived',
  'lateCharged',
  'lateCollected',
  'lateReversed',
  'lateOffset',
  'lateUndone',
  'lateWaived',
  'prepaid',
  'prepaidReversed',
  'refunded',
  /** Signed: what came from other accounts of the payer less what went to them. */
  'moved',
  /** Of what was reversed, freed and undone: what had been entered in an earlier year. */
  'reversedEarlier',
  'freedEarlier',
  'undoneEarlier',
  /** The lines as they are: by these, what the others say is checked. */
  'owed',
  'lateOwed',
  'credit',
  /** By due day: open bills, and accounts whose oldest open bill is of that day. */
  'bills',
  'accounts',
] as const;
export type Amount = (typeof AMOUNTS)[number] | LadderAmount;
/** Whatever may lie in a cell. */
export const ALL_AMOUNTS: readonly Amount[] = [...AMOUNTS, ...LADDER_AMOUNTS];
/** Amounts that are 0 are absent. */
export type Money = Partial<Record<Amount, number>>;

export const monthAt = (at: Instant, zone: string): Month => monthOf(localDay(at, zone));
export const yearOf = (month: Month): string => month.slice(0, 4);

export const add = (a: Money, b: Money): Money => {
  const sum: Money = { ...a };
  for (const [name, fen] of Object.entries(b) as [Amount, number][]) {
    const next = (sum[name] ?? 0) + fen;
    if (next === 0) delete sum[name];
    else sum[name] = next;
  }
  return sum;
};
export const sumOf = (all: readonly Money[]): Money => all.reduce((sum, one) => add(sum, one), {});

/** Under which kind a line stands, and how much it is. */
const kindOf = ({ kind, part, reversal, owedFen, creditFen, payment }: LedgerEntry): [Amount, number] => {
  const late = part === 'late';
  const settled = Math.abs(owedFen);
  switch (kind) {
    case 'charge':
      return ['charged', owedFen];
    case 'discount':
      return ['discount', -owedFen];
    case 'adjustment':
      return ['adjusted', owedFen];
    case 'late':
      return ['lateCharged', owedFen];
    case 'payment':
      if (!reversal) return [late ? 'lateCollected' : 'collected', settled];
      // Only what is reversed says of which payment it is.
      if (payment === undefined) return ['freed', settled];
      return [late ? 'lateReversed' : 'reversed', settled];
    case 'offset':
      if (!reversal) return [late ? 'lateOffset' : 'offset', settled];
      return [late ? 'lateUndone' : 'undone', settled];
    case 'waiver':
      return [late ? 'lateWaived' : 'waived', settled];
    case 'prepayment':
      return reversal ? ['prepaidReversed', -creditFen] : ['prepaid', creditFen];
    case 'refund':
      return ['refunded', -creditFen];
    case 'credit-moved':
      return ['moved', creditFen];
  }
};

const EARLIER: Partial<Record<Amount, Amount>> = {
  reversed: 'reversedEarlier',
  freed: 'freedEarlier',
  undone: 'undoneEarlier',
};

/** What a line comes to. @param month in which it counts as entered */
export const moneyOf = (entry: LedgerEntry, month: Month, zone: string): Money => {
  const { part, owedFen, creditFen, undoes } = entry;
  const [kind, fen] = kindOf(entry);
  const since = undoes !== undefined && yearOf(monthAt(undoes, zone)) < yearOf(month);
  const earlier = since ? EARLIER[kind] : undefined;
  return sumOf([
    { [kind]: fen },
    earlier ? { [earlier]: fen } : {},
    { [part === 'late' ? 'lateOwed' : 'owed']: owedFen, credit: creditFen },
  ]);
};
