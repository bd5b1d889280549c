import { inParallel } from '../../../shared/aws/many.ts';
import { type Directory, type UnitEntry, unitsById } from '../../../shared/directory/units.ts';
import { invalid } from '../../../shared/domain/refusal.ts';
import type { Person } from '../../../shared/people/access.ts';
import { actorAt } from '../../../shared/people/actor.ts';
import type { PolicyValues } from '../../../shared/policy/policy.ts';
import { addDays, daysBetween, type Instant } from '../../../shared/time/clock.ts';
import { buildingOf } from '../../../shared/values/place.ts';
import {
  asSeenBy,
  type CaseRow,
  type ComplaintFacts,
  casesOn,
  checked,
  type FamilyName,
  type FigureId,
  type Span,
} from '../figures/contract.ts';
import type { CountCell, Reporting } from '../figures/contract-store.ts';
import { type AssessedLine, assessment, familiesOf } from './assessment.ts';
import type { ReadingContext } from './dimensions.ts';
import { AGAIN_WITHIN_DAYS, type Repeater, repeatsOf } from './repeats.ts';
import { SERVICE_FAMILIES, type ServiceReport, serviceReport } from './report.ts';

/** Sites times days in one answer, at most: forty sites of a month, or one of a year. */
const SITE_DAYS = 1_500;
/** Cases in one answer, at most; the counts say how many there are before any is read. */
const CASES = 20_000;
export const READ_MAX = `at most ${SITE_DAYS.toLocaleString('en')} sites times days, and ${CASES.toLocaleString('en')} cases in them`;
/** Sites read side by side. */
const WIDTH = 100;

export interface Deps {
  reporting: Reporting;
  directory: Directory;
}

/** What was read of a span: its counts, and the case rows behind them. */
export interface SpanRead {
  cells: CountCell[];
  rows: CaseRow[];
}

/**
 * The case rows of some sites' span: of days on which none was counted nothing is read.
 * @param how `before`: days before the span of which the complaints are read too; `most`: cases that may be read
 * @throws Refusal for more than can be read
 */
export const readRows = async (
  reporting: Reporting,
  sites: readonly string[],
  span: Span,
  families: readonly FamilyName[],
  { before = 0, most = CASES }: { before?: number; most?: number | undefined } = {},
): Promise<SpanRead> => {
  checked(span);
  const siteDays = sites.length * (daysBetween(span.from, span.to) + 1);
  if (siteDays > SITE_DAYS)
    throw invalid({ field: 'query.to', rule: 'field.site-days-most', details: { max: SITE_DAYS, asked: siteDays } });
  const from = addDays(span.from, -before);
  const cells = (await inParallel(sites, WIDTH, (site) => reporting.days(site, from, span.to))).flat();
  const wanted = cells.flatMap(({ site, day, counts }) =>
    families
      .filter((family) => day >= span.from || family === 'complaint')
      .map((family) => ({ site, family, day, cases: casesOn(counts, family) }))
      .filter(({ cases }) => cases > 0),
  );
  const cases = wanted.reduce((sum, one) => sum + one.cases, 0);
  if (cases > most)
    throw invalid({ field: 'query.to', rule: 'field.cases-most', details: { max: most, asked: cases } });
  return { cells: cells.filter(({ day }) => day >= span.from), rows: await reporting.listed(wanted) };
};

export type UnitOf = (site: string, unit: string) => UnitEntry | undefined;

/** The units that complained, looked up in the registry's directory. */
const unitsOf = async (directory: Directory, rows: readonly CaseRow[]): Promise<UnitOf> => {
  const placed = rows.flatMap(({ key, facts }) => {
    const { unit } = facts as ComplaintFacts;
    return key.family === 'complaint' && unit !== undefined ? [{ site: key.site, unit }] : [];
  });
  const bySite = [...Map.groupBy(placed, ({ site }) => site)];
  const found = await inParallel(bySite, WIDTH, async ([site, some]) => {
    const units = await unitsById(directory, site, [...new Set(some.map(({ unit }) => unit))]);
    return [site, units] as const;
  });
  const places = new Map(found);
  return (site, unit) => places.get(site)?.get(unit);
};
export const contextFor = async (
  directory: Directory,
  rows: readonly CaseRow[],
  at: Instant,
): Promise<ReadingContext & { unitOf: UnitOf }> => {
  const unitOf = await unitsOf(directory, rows);
  const inBuilding = (site: string, unit: string) => {
    const place = unitOf(site, unit);
    return place && buildingOf(place);
  };
  return { at, unitOf, buildingOf: inBuilding };
};

/** From how many complaints on a unit complains often, unless it is said. */
export const OFTEN = 3;

/** The counts and case rows that a service report of a span is folded from. @throws Refusal for more than can be read */
export const readCases = (
  reporting: Reporting,
  sites: readonly string[],
  span: Span,
  most?: number,
): Promise<SpanRead> => readRows(reporting, sites, span, SERVICE_FAMILIES, { before: AGAIN_WITHIN_DAYS, most });

/** How it is asked for. @property at until when what is open has been open */
interface FoldTerms {
  at: Instant;
  policy: PolicyValues;
  atLeast?: number;
}

/** The service report of what was read, at once or site by site. */
export const foldCases = async (
  directory: Directory,
  read: readonly SpanRead[],
  span: Span,
  { at, policy, atLeast = OFTEN }: FoldTerms,
): Promise<ServiceReport & Pick<SpanRead, 'cells'> & { unitOf: UnitOf }> => {
  const rows = read.flatMap((one) => one.rows);
  const context = await contextFor(directory, rows, at);
  const cells = read.flatMap((one) => one.cells);
  return { cells, unitOf: context.unitOf, ...serviceReport(rows, span, { context, policy, atLeast }) };
};

/** The service report of one or several sites over a span, and the counts it stands on. */
export const serviceOf = async (
  { reporting, directory }: Deps,
  person: Person,
  sites: readonly string[],
  span: Span,
  asked: FoldTerms,
) => foldCases(directory, [seenBy(person, await readCases(reporting, sites, span))], span, asked);

/** What was read, as somebody may see it. */
const seenBy = (person: Person, { cells, rows }: SpanRead): SpanRead => ({
  cells,
  rows: rows.map((row) => asSeenBy(row, actorAt(person, row.key.site))),
});

/** The units of a site that complained often, all of them, and where they are. */
export const repeatersOf = async (
  { reporting, directory }: Deps,
  person: Person,
  site: string,
  span: Span,
  atLeast: number,
): Promise<{ units: Repeater[]; unitOf: UnitOf } & Pick<SpanRead, 'cells'>> => {
  const read = await readRows(reporting, [site], span, ['complaint'], { before: AGAIN_WITHIN_DAYS });
  const { cells, rows } = seenBy(person, read);
  return { cells, units: repeatsOf(rows, span, atLeast).units, unitOf: await unitsOf(directory, rows) };
};

/** The figures of a site's staff or departments over a span. */
export const assessmentOf = async <F extends FigureId>(
  { reporting }: Deps,
  site: string,
  span: Span,
  { figures, by, at, policy }: { figures: readonly F[]; by: 'agent' | 'department'; at: Instant; policy: PolicyValues },
): Promise<{ items: AssessedLine<F>[] } & Pick<SpanRead, 'cells'>> => {
  const { cells, rows } = await readRows(reporting, [site], span, familiesOf(figures));
  const context: ReadingContext = { at, buildingOf: () => undefined };
  return { cells, items: assessment(rows, figures, by, { context, policy }) };
};
