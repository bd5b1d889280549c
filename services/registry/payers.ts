import type { UnitPayer } from '../../shared/directory/units.ts';
import type { Day } from '../../shared/time/clock.ts';

/** Changes of payer that a unit's timeline keeps; all stand in its journal. */
export const PAYERS_MAX = 24;

/**
 * A party pays from a day on (without one, from the beginning). What begins that day or later is overtaken; the spell
 * of whoever pays already begins anew, so that its day can be corrected either way.
 */
export const paysFrom = (payers: readonly UnitPayer[], party: string, from: Day | undefined): UnitPayer[] =>
  overtaking(payers, { party, from }, payers.at(-1)?.party === party ? payers.slice(0, -1) : payers);

/** Who pays now no longer does from a day on, at the earliest from when they began; nobody does then. */
export const paysUntil = (payers: readonly UnitPayer[], until: Day | undefined): UnitPayer[] => {
  const begun = payers.at(-1)?.from;
  return overtaking(payers, { from: isBefore(begun, until) ? until : begun }, payers);
};

/** Once something was left out, the first that is kept says so, until somebody pays from the beginning. */
const overtaking = (payers: readonly UnitPayer[], next: UnitPayer, before: readonly UnitPayer[]): UnitPayer[] => {
  const kept = before.filter(({ from }) => isBefore(from, next.from));
  const all = kept.at(-1)?.party === next.party ? kept : [...kept, next];
  const cut = all.length > PAYERS_MAX || (payers[0]?.cut && next.from !== undefined);
  const [first, ...rest] = all.slice(-PAYERS_MAX);
  return first && cut ? [{ ...first, cut }, ...rest] : all;
};

/** The beginning is before every day. */
const isBefore = (a: Day | undefined, b: Day | undefined) => b !== undefined && (a === undefined || a < b);
