import type { PolicyValues } from '../../../../shared/policy/policy.ts';
import type { Day, Instant } from '../../../../shared/time/clock.ts';
import { MINUTE } from '../../../../shared/time/clock.ts';
import { type CaseTally, type Figure, figureOf, type MeasureId, percentOf } from '../../figures/contract.ts';
import type { RunningCase } from '../../figures/contract-store.ts';

/** A day's figure of which something is at risk: due by an instant, and not done. */
export interface Risk {
  measure: MeasureId;
  day: Day;
  cases: RunningCase[];
  /** When the first of it is due. */
  first: Instant;
}

/** By measure and cohort day; a case is at risk in those measures in which its own deadline comes that soon. */
export const risksOf = (cases: readonly RunningCase[], until: Instant): Risk[] => {
  const found = new Map<string, Risk>();
  for (const one of cases) {
    for (const [name, due] of Object.entries(one.dues)) {
      if (due > until) continue;
      const measure = name as MeasureId;
      const known = found.get(`${measure} ${one.day}`);
      if (known) {
        known.cases.push(one);
        known.first = Math.min(known.first, due);
      } else found.set(`${measure} ${one.day}`, { measure, day: one.day, cases: [one], first: due });
    }
  }
  return [...found.values()];
};

/** A figure as it stands, and as it will if nothing of what is at risk is done: exact counts. */
export interface Forecast {
  figure: Figure;
  ifNone: { met: number; of: number };
  percentIfNone: string;
  /** Whether it is on its target, or nothing of it is decided, and will miss it; `null` of a measure without one. */
  wouldMiss: boolean | null;
}

export const forecastOf = (measure: MeasureId, tally: CaseTally, atRisk: number, policy: PolicyValues): Forecast => {
  const figure = figureOf(measure, tally, policy);
  const ifNone = { met: tally.met, of: tally.met + tally.missed + atRisk };
  const { target, onTarget } = figure;
  return {
    figure,
    ifNone,
    percentIfNone: percentOf(ifNone.met, ifNone.of),
    wouldMiss: target === undefined ? null : onTarget !== false && ifNone.met * 100 < target * ifNone.of,
  };
};

/**
 * The targets that alerts are raised of; their halves and parts stand in the list. One whose duties are shorter than the time
 * ahead that is looked at isn't among them: all of it would be at risk from its beginning, and its own deadlines tell in minutes.
 */
export const isWatched = (
  measure: MeasureId,
  { atRiskHours, acceptMinutes, messageMinutes, waitingMinutes, handOverMinutes, callbackHours }: PolicyValues,
): boolean => {
  const ahead = atRiskHours * 60 * MINUTE;
  switch (measure) {
    case 'Q2':
      return Math.max(acceptMinutes, messageMinutes, waitingMinutes, handOverMinutes) * MINUTE > ahead;
    case 'Q3':
      return callbackHours > atRiskHours;
    // Due at 24:00 of the day on which it arose, or later.
    case 'Q5':
    case 'Q6':
      return true;
    default:
      return false;
  }
};
