import type { Day, Instant } from '../../shared/clock.ts';
import type { AsOf } from './fresh.ts';
import { type Facts, sameFacts } from './measures/facts.ts';
import { families } from './measures/index.ts';
import type { FamilyName, FigureId, Learned, MeasureId, PartId, Verdict } from './measures/measure.ts';

/** Which case: its site, what it is a row of, and the root its ids share. */
export interface CaseKey {
  site: string;
  family: FamilyName;
  root: string;
  ordinal?: number | string | undefined;
}

/** A case row: its facts, and how often it was written (0: not there yet). */
export interface Row {
  key: CaseKey;
  version: number;
  facts: Facts;
}

/** A row before and after. */
export interface Change {
  row: Row;
  facts: Facts;
  /** Of the events that taught it; absent where a rebuild puts it right. */
  asOf?: AsOf;
}

/** Unique in a site and family, and in order of the contacts' time. */
export const rowId = ({ root, ordinal }: Omit<CaseKey, 'site' | 'family'>): string =>
  ordinal === undefined ? root : `${root}-${ordinal}`;
export const rowName = (key: CaseKey): string => `${key.site}#${key.family}#${rowId(key)}`;

export const verdictsOf = ({ key, facts }: Pick<Row, 'key' | 'facts'>): Verdict[] =>
  families[key.family].verdicts(facts);

/** By when a case has to be dealt with, for each target in which it still runs. */
export interface Running {
  day: Day;
  dues: Partial<Record<MeasureId, Instant>>;
}

/** `undefined` of a case that is decided, or waits for something without a deadline. */
export const runningOf = (verdicts: readonly Verdict[]): Running | undefined => {
  const ahead = verdicts.flatMap(({ measure, day, due }) => (due === undefined ? [] : [{ measure, day, due }]));
  const [first] = ahead;
  return first && { day: first.day, dues: Object.fromEntries(ahead.map(({ measure, due }) => [measure, due])) };
};

/** Where it stands in what isn't counted. */
const partsOf = ({ key, facts }: Pick<Row, 'key' | 'facts'>): Verdict<PartId>[] => families[key.family].parts(facts);
export const everyVerdict = (row: Pick<Row, 'key' | 'facts'>): Verdict<FigureId>[] => [
  ...verdictsOf(row),
  ...partsOf(row),
];

/** What was learned, one entry a case. */
export const gather = (site: string, learned: readonly Learned[]): Map<string, Pick<Row, 'key' | 'facts'>> => {
  const cases = new Map<string, Pick<Row, 'key' | 'facts'>>();
  for (const { family, root, ordinal, facts } of learned) {
    const key: CaseKey = { site, family, root, ordinal };
    const known = cases.get(rowName(key));
    cases.set(rowName(key), { key, facts: known ? families[family].join(known.facts, facts) : facts });
  }
  return cases;
};

/** A row with more learned; `undefined` when it knew that already. */
export const taught = (row: Row, facts: Facts): Change | undefined => {
  const joined = families[row.key.family].join(row.facts, facts);
  return sameFacts(joined, row.facts) ? undefined : { row, facts: joined };
};
