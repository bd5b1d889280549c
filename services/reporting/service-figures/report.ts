import type { PolicyValues } from '../../../shared/policy/policy.ts';
import {
  type CaseOutcome,
  type CaseRow,
  countsOf,
  everyOutcome,
  type FamilyName,
  type Figure,
  type FigureId,
  figureOf,
  type Span,
  tallyOf,
} from '../figures/contract.ts';
import { ATTEMPTS, DAYS_OPEN, type Dimension, lineOf, type ReadingContext, TIMINGS } from './dimensions.ts';
import { type Repeater, repeatsOf } from './repeats.ts';

/** Complaints received, and what became of them: the cases of `closing`, `not-valid` and `closed`. */
export interface ComplaintFigures {
  /** valid + notValid + unjudged; the due of `closing` and what stands outside it. */
  received: number;
  valid: number;
  notValid: number;
  unjudged: number;
  /** Neither closed nor found not valid, as it stands now. */
  open: number;
  closing: Figure;
  /** The share found not valid. */
  notValidShare: Figure;
}
/** @property key a kind, a department's id or a building; `null` is the line of those of which it isn't known */
export interface ComplaintLine extends ComplaintFigures {
  key: string | null;
  /** Of buildings alone: two sites may have one of the same name. */
  site?: string;
}

export interface ServiceReport {
  complaints: {
    total: ComplaintFigures;
    byKind: ComplaintLine[];
    byDepartment: ComplaintLine[];
    byBuilding: ComplaintLine[];
    /** Complaints that were closed, and that are open, by how many days of 24 h they were or are. */
    daysOpen: { closed: Spread<typeof DAYS_OPEN>; open: Spread<typeof DAYS_OPEN> };
    reopened: Figure;
    repeats: {
      /** From how many complaints on a unit is one that complains often. */
      atLeast: number;
      units: number;
      again: number;
      top: Repeater[];
    };
  };
  /** By the day of the resolution. */
  callbacks: {
    inTime: Figure;
    reached: Figure;
    attempts: Spread<typeof ATTEMPTS>;
    timing: Spread<typeof TIMINGS>;
  };
  promises: Figure;
}
/** How many cases each has. */
export type Spread<T extends readonly string[]> = Record<T[number], number>;

/** Units shown with the report; the list has them all. */
const TOP = 10;

/** What is read for it. */
export const SERVICE_FAMILIES = ['complaint', 'resolution', 'promise'] as const satisfies readonly FamilyName[];

/** A row with where it stands, found once. */
export interface Case {
  row: CaseRow;
  outcomes: CaseOutcome<FigureId>[];
}
export const casesIn = (rows: readonly CaseRow[]): Case[] =>
  rows.map((row) => ({ row, outcomes: everyOutcome(row) })).filter(({ outcomes }) => outcomes.length > 0);

/** A figure of some cases. */
export const figureIn = (cases: readonly Case[], figure: FigureId, policy: PolicyValues): Figure => {
  const outcomes = cases.flatMap(({ outcomes }) => outcomes.filter(({ measure }) => measure === figure));
  return figureOf(figure, tallyOf(countsOf(outcomes), figure), policy);
};

const complaintFigures = (cases: readonly Case[], policy: PolicyValues): ComplaintFigures => {
  const [closing, notValidShare] = [figureIn(cases, 'closing', policy), figureIn(cases, 'not-valid', policy)];
  return {
    received: closing.due + closing.excluded,
    valid: notValidShare.missed,
    notValid: notValidShare.met,
    unjudged: notValidShare.running,
    open: figureIn(cases, 'closed', policy).running,
    closing,
    notValidShare,
  };
};

/** In order of the lines; what isn't known comes last. */
const inOrder = (a: ComplaintLine, b: ComplaintLine) => {
  if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || bySite(a, b);
  return bySite(a, b) || (a.key < b.key ? -1 : 1);
};
const bySite = ({ site: a = '' }: ComplaintLine, { site: b = '' }: ComplaintLine) => (a < b ? -1 : a > b ? 1 : 0);

const linesOf = (cases: readonly Case[], dimension: Dimension, context: ReadingContext, policy: PolicyValues) => {
  const isPlace = dimension === 'building';
  const of = ({ row }: Case) => ({
    key: lineOf(row, dimension, 'closing', context),
    ...(isPlace ? { site: row.key.site } : {}),
  });
  const groups = Map.groupBy(cases, (one) => JSON.stringify(of(one)));
  return [...groups.values()]
    .map((some): ComplaintLine => ({ ...of(some[0] as Case), ...complaintFigures(some, policy) }))
    .sort(inOrder);
};

const spreadOf = <T extends readonly string[]>(
  values: T,
  cases: readonly Case[],
  dimension: Dimension,
  figure: FigureId,
  context: ReadingContext,
): Spread<T> => {
  const spread = Object.fromEntries(values.map((value) => [value, 0])) as Spread<T>;
  for (const { row } of cases) {
    const value = lineOf(row, dimension, figure, context) as T[number] | null;
    if (value !== null) spread[value] += 1;
  }
  return spread;
};

/**
 * What was complained about and what became of it, how owners were reached, and what was promised and kept: folded from the
 * case rows that the counters count, so that every number says what they say.
 * @param rows of the span, and the complaints of the 30 days before it
 * @param atLeast from how many complaints on a unit complains often
 */
export const serviceReport = (
  rows: readonly CaseRow[],
  span: Span,
  { context, policy, atLeast }: { context: ReadingContext; policy: PolicyValues; atLeast: number },
): ServiceReport => {
  const all = casesIn(rows).filter(({ outcomes: [first] }) => first && span.from <= first.day && first.day <= span.to);
  const of = (family: FamilyName) => all.filter(({ row }) => row.key.family === family);
  const [complaints, resolutions] = [of('complaint'), of('resolution')];
  const standing = (state: string) =>
    complaints.filter(({ outcomes }) => outcomes.some((one) => one.measure === 'closed' && one.state === state));
  const days = (state: string) => spreadOf(DAYS_OPEN, standing(state), 'days', 'closed', context);
  const repeats = repeatsOf(rows, span, atLeast);
  return {
    complaints: {
      total: complaintFigures(complaints, policy),
      byKind: linesOf(complaints, 'kind', context, policy),
      byDepartment: linesOf(complaints, 'department', context, policy),
      byBuilding: linesOf(complaints, 'building', context, policy),
      daysOpen: { closed: days('met'), open: days('running') },
      reopened: figureIn(resolutions, 'reopened', policy),
      repeats: { atLeast, units: repeats.units.length, again: repeats.again, top: repeats.units.slice(0, TOP) },
    },
    callbacks: {
      inTime: figureIn(resolutions, 'Q3', policy),
      reached: figureIn(resolutions, 'reached', policy),
      attempts: spreadOf(ATTEMPTS, resolutions, 'attempts', 'Q3', context),
      timing: spreadOf(TIMINGS, resolutions, 'timing', 'Q3', context),
    },
    promises: figureIn(of('promise'), 'promised', policy),
  };
};
