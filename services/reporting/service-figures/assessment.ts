import type { PolicyValues } from '../../../shared/policy/policy.ts';
import {
  type CaseRow,
  type CaseTally,
  countsOf,
  type FamilyName,
  type FigureId,
  familyOf,
  type MetRate,
  percentOf,
  tallyOf,
} from '../figures/contract.ts';
import { type Dimension, lineOf, type ReadingContext } from './dimensions.ts';
import { casesIn } from './report.ts';

/** What staff of the desk are assessed by (考核): contacts answered, callbacks of theirs, what they promised, how they were. */
export const AGENT_FIGURES = [
  'Q1',
  'Q2-desk',
  'hand-over',
  'Q3',
  'Q3-attempted',
  'rated',
  'Q4',
  'agent-typed',
  'promised',
  'attitude',
] as const satisfies readonly FigureId[];
/** What departments are assessed by. */
export const DEPARTMENT_FIGURES = [
  'Q2-department',
  'proxy',
  'recorded-later',
  'investigated',
  'resolved',
  'closing',
  'reopened',
  'opinions',
  'Q4',
] as const satisfies readonly FigureId[];

/** Why nobody is judged by a figure. */
export const UNJUDGED = ['too-few-cases', 'nobody'] as const;

/** A figure of one of them. Not judged, it has its counts and no rate. */
export interface Assessed extends CaseTally {
  judged: boolean;
  why?: (typeof UNJUDGED)[number];
  rate: MetRate;
  percent: string | null;
}

export interface AssessedLine<F extends FigureId> {
  /** A member of staff, or a department's id; `null` is the line of the cases that are nobody's. */
  key: string | null;
  figures: Record<F, Assessed>;
}

/** @param judged whether it is somebody's */
const assessed = (tally: CaseTally, key: string | null, { judgeFromCases }: PolicyValues): Assessed => {
  const { met } = tally;
  const of = met + tally.missed;
  const why = key === null ? 'nobody' : of < Math.max(1, judgeFromCases) ? 'too-few-cases' : undefined;
  if (why !== undefined) return { ...tally, judged: false, why, rate: null, percent: null };
  return { ...tally, judged: true, rate: { met, of }, percent: percentOf(met, of) };
};

/** Families that an assessment by some figures reads. */
export const familiesOf = (figures: readonly FigureId[]): FamilyName[] => [...new Set(figures.map(familyOf))];

/**
 * Figures by member of staff or by department, in order of their ids, what is nobody's last. Each adds up to the site's figure:
 * a case is one person's, or nobody's. Nobody is judged on fewer decided cases than the policy says.
 */
export const assessment = <F extends FigureId>(
  rows: readonly CaseRow[],
  figures: readonly F[],
  dimension: Extract<Dimension, 'agent' | 'department'>,
  { context, policy }: { context: ReadingContext; policy: PolicyValues },
): AssessedLine<F>[] => {
  const lines = casesIn(rows).flatMap(({ row, outcomes }) =>
    outcomes
      .filter(({ measure }) => (figures as readonly FigureId[]).includes(measure))
      .map((outcome) => ({ key: lineOf(row, dimension, outcome.measure, context), outcome })),
  );
  return [...Map.groupBy(lines, ({ key }) => key)]
    .map(([key, some]): AssessedLine<F> => {
      const counts = countsOf(some.map(({ outcome }) => outcome));
      const of = (figure: F) => [figure, assessed(tallyOf(counts, figure), key, policy)] as const;
      return { key, figures: Object.fromEntries(figures.map(of)) as Record<F, Assessed> };
    })
    .sort(({ key: a }, { key: b }) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
};
