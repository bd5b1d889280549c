import type { Month } from '../../../../shared/time/month.ts';
import { type DunningRung, RUNGS } from '../../../billing/events.ts';
import type { Span } from '../../figures/contract.ts';
import { BEFORE, type Coarse, LATER } from '../folding.ts';
import { sumOf } from '../money.ts';
import type { MoneyCell } from '../post.ts';
import { DEBT_OUTCOMES, type DebtOutcome, debtsName, fenName } from './ladder.ts';

/** How many debts, and what was open of their principal when the rung was taken (fen). */
export interface Took {
  debts: number;
  fen: number;
}
/** A rung of the funnel: whom it was taken for, and what has become of them since; the four are `reached`. */
export interface FunnelRung extends Record<DebtOutcome, Took> {
  rung: DunningRung;
  reached: Took;
}
export interface Funnel {
  rungs: FunnelRung[];
  /** What is open of the principal of these due days, dunned or not (fen). */
  openFen: number;
}

/** What a funnel tells apart (pure): due days of the cohort and others, months counted and later ones. */
export const forFunnel =
  ({ from, to }: Span, month?: Month): Coarse =>
  ({ of, ...key }) => ({
    ...key,
    of: from <= of && of <= to ? from : '',
    month: month !== undefined && key.month > month ? LATER : BEFORE,
  });

/**
 * How far the ladder went for the debts that fell due in a span, and what became of them after each rung (催缴漏斗), from
 * the cells of one level or of many, added up (pure). The cohort is the due day: it is the debt's own and never changes, and
 * every rung of a debt stands in the same cohort, so that what reached a rung is a part of what reached the one before
 * (but for rungs that no policy set, or that arrears taken over began above), and only grows until the last is behind. By
 * the day of the step, one debt would be in a cohort a rung.
 * @param cohort the due days, both included
 * @param month what happened after it is left out; nothing is where there is none
 */
export const funnel = (cells: readonly MoneyCell[], cohort: Span, month?: Month): Funnel => {
  const money = sumOf(
    cells
      .filter(({ key }) => cohort.from <= key.of && key.of <= cohort.to && (month === undefined || key.month <= month))
      .map((cell) => cell.money),
  );
  const took = (rung: DunningRung, outcome: DebtOutcome): Took => ({
    debts: money[debtsName(rung, outcome)] ?? 0,
    fen: money[fenName(rung, outcome)] ?? 0,
  });
  const rungs = RUNGS.map((rung): FunnelRung => {
    const outcomes = Object.fromEntries(DEBT_OUTCOMES.map((outcome) => [outcome, took(rung, outcome)])) as Record<
      DebtOutcome,
      Took
    >;
    const all = Object.values(outcomes);
    const sum = (of: keyof Took) => all.reduce((total, one) => total + one[of], 0);
    return { rung, reached: { debts: sum('debts'), fen: sum('fen') }, ...outcomes };
  });
  return { rungs, openFen: money.owed ?? 0 };
};
