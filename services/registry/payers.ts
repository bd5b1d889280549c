import type { Day } from '../../shared/clock.ts';
import type { Payer } from '../../shared/units.ts';

/** Changes of payer that a unit's timeline keeps; all stand in its journal. */
export const PAYERS_MAX = 24;

/**
 * A party pays from a day on (without one, from the beginning). What begins that day or later is overtaken; the spell
 * of whoever pays already begins anew, so that its day can be corrected either way.
 */
export const paysFrom = (payers: readonly Payer[], party: string, from: Day | undefined): Payer[] =>
  overtaking(payers.at(-1)?.party === party ? payers.slice(0, -1) : payers, { party, from });

/** Who pays now no longer does from a day on, at the earliest from when they began; nobody does then. */
export const paysUntil = (payers: readonly Payer[], until: Day | undefined): Payer[] => {
  const begun = payers.at(-1)?.from;
  return overtaking(payers, { from: isBefore(begun, until) ? until : begun });
};

const overtaking = (payers: readonly Payer[], next: Payer): Payer[] => {
  const kept = payers.filter(({ from }) => isBefore(from, next.from));
  return (kept.at(-1)?.party === next.party ? kept : [...kept, next]).slice(-PAYERS_MAX);
};

/** The beginning is before every day. */
const isBefore = (a: Day | undefined, b: Day | undefined) => b !== undefined && (a === undefined || a < b);
