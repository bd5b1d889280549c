import type { Day } from '../../../shared/time/clock.ts';
import {
  type CaseOutcome,
  type FamilyName,
  type FigureId,
  familyOf,
  MEASURE_IDS,
  PARTS,
  type State,
} from './measures/measure.ts';

/**
 * Counts of one site and day as they lie in its item: `Q3.m` met, `Q3.x` missed, `Q3.r` running, `Q3.e` excluded,
 * `Q3.e.<why>` excluded by reason, `Q3.x.attempted` the missed that were attempted. Short, because a write costs by size.
 */
export type Counts = Record<string, number>;

const LETTER: Record<State, string> = { met: 'm', missed: 'x', running: 'r', excluded: 'e' };

/** Which counts an outcome adds one to. */
const cellsOf = ({ measure, state, why, flag }: CaseOutcome<FigureId>): string[] => {
  const cell = `${measure}.${LETTER[state]}`;
  return [
    cell,
    ...(state === 'excluded' && why !== undefined ? [`${cell}.${why}`] : []),
    ...(flag === undefined ? [] : [`${cell}.${flag}`]),
  ];
};

/** Adds outcomes (or, with −1, takes them away) to counts by day. */
export const tally = (into: Map<Day, Counts>, outcomes: readonly CaseOutcome[], by: 1 | -1 = 1): void => {
  for (const outcome of outcomes) {
    const counts = into.get(outcome.day) ?? {};
    into.set(outcome.day, counts);
    for (const cell of cellsOf(outcome)) counts[cell] = (counts[cell] ?? 0) + by;
  }
};

/** The counts of some cases, whatever their days. */
export const countsOf = (outcomes: readonly CaseOutcome<FigureId>[]): Counts => {
  const counts: Counts = {};
  for (const cell of outcomes.flatMap(cellsOf)) counts[cell] = (counts[cell] ?? 0) + 1;
  return counts;
};

export const sum = (all: readonly Counts[]): Counts => {
  const total: Counts = {};
  for (const counts of all) {
    for (const [cell, n] of Object.entries(counts)) total[cell] = (total[cell] ?? 0) + n;
  }
  return total;
};

/** Without the zeros, which a cell that emptied leaves behind. */
export const nonZero = (counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).filter(([, n]) => n !== 0));

/** Whether a day has cases of a figure, by its counts; of what isn't counted, whether it may have. */
export const isCounted = (counts: Counts, figure: FigureId): boolean =>
  figure in PARTS
    ? casesOn(counts, familyOf(figure)) > 0
    : Object.keys(nonZero(counts)).some((cell) => cell.startsWith(`${figure}.`));

/** How many cases of a family a day's counts tell of. */
export const casesOn = (counts: Counts, family: FamilyName): number => {
  const tallies = MEASURE_IDS.filter((id) => familyOf(id) === family).map((id) => tallyOf(counts, id));
  return Math.max(0, ...tallies.map(({ due, excluded }) => due + excluded));
};

/** A measure's cases; due = met + missed + running, excluded stands outside with its reasons. */
export interface CaseTally {
  due: number;
  met: number;
  missed: number;
  running: number;
  excluded: number;
  reasons: Record<string, number>;
  /** Of the missed, those tried three times in different parts of the day. */
  attempted: number;
}

export const tallyOf = (counts: Counts, measure: FigureId): CaseTally => {
  const of = (cell: string) => counts[`${measure}.${cell}`] ?? 0;
  const [met, missed, running] = [of('m'), of('x'), of('r')];
  const prefix = `${measure}.e.`;
  const reasons = Object.entries(nonZero(counts)).filter(([cell]) => cell.startsWith(prefix));
  return {
    due: met + missed + running,
    met,
    missed,
    running,
    excluded: of('e'),
    reasons: Object.fromEntries(reasons.map(([cell, n]) => [cell.slice(prefix.length), n])),
    attempted: of('x.attempted'),
  };
};

export const isEmpty = ({ due, excluded }: CaseTally): boolean => due === 0 && excluded === 0;
