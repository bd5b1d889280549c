import type { Actor } from '../../../shared/people/access.ts';
import { isKeptOut } from '../../../shared/people/confidential.ts';
import type { Role } from '../../../shared/people/positions.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import { CONDUCT } from '../../complaints/events.ts';
import type { AsOf } from './fresh.ts';
import type { ComplaintFacts } from './measures/complaint.ts';
import type { ContactFacts } from './measures/contact.ts';
import { type Facts, sameFacts } from './measures/facts.ts';
import type { HandledFacts } from './measures/handled.ts';
import { families } from './measures/index.ts';
import type { CaseFacts, CaseOutcome, FamilyName, FigureId, MeasureId, PartId } from './measures/measure.ts';

/** Which case: its site, what it is a row of, and the root its ids share. */
export interface CaseKey {
  site: string;
  family: FamilyName;
  root: string;
  ordinal?: number | string | undefined;
}

/** A case row: its facts, and how often it was written (0: not there yet). */
export interface CaseRow {
  key: CaseKey;
  version: number;
  facts: Facts;
}

/** A row before and after. */
export interface RowChange {
  row: CaseRow;
  facts: Facts;
  /** Of the events it was projected from; absent where a rebuild puts it right. */
  asOf?: AsOf;
}

/** Unique in a site and family, and in order of the contacts' time. */
export const rowId = ({ root, ordinal }: Omit<CaseKey, 'site' | 'family'>): string =>
  ordinal === undefined ? root : `${root}-${ordinal}`;
export const rowName = (key: CaseKey): string => `${key.site}#${key.family}#${rowId(key)}`;

export const caseOutcomesOf = ({ key, facts }: Pick<CaseRow, 'key' | 'facts'>): CaseOutcome[] =>
  families[key.family].outcomes(facts);

/** By when a case has to be dealt with, for each target in which it still runs. */
export interface Running {
  day: Day;
  dues: Partial<Record<MeasureId, Instant>>;
}

/** `undefined` of a case that is decided, or waits for something without a deadline. */
export const runningOf = (outcomes: readonly CaseOutcome[]): Running | undefined => {
  const ahead = outcomes.flatMap(({ measure, day, due }) => (due === undefined ? [] : [{ measure, day, due }]));
  const [first] = ahead;
  return first && { day: first.day, dues: Object.fromEntries(ahead.map(({ measure, due }) => [measure, due])) };
};

/** Where it stands in what isn't counted. */
const partsOf = ({ key, facts }: Pick<CaseRow, 'key' | 'facts'>): CaseOutcome<PartId>[] =>
  families[key.family].parts(facts);
export const everyOutcome = (row: Pick<CaseRow, 'key' | 'facts'>): CaseOutcome<FigureId>[] => [
  ...caseOutcomesOf(row),
  ...partsOf(row),
];

/** Facts merged, one entry a case. */
export const mergeFacts = (site: string, all: readonly CaseFacts[]): Map<string, Pick<CaseRow, 'key' | 'facts'>> => {
  const cases = new Map<string, Pick<CaseRow, 'key' | 'facts'>>();
  for (const { family, root, ordinal, facts } of all) {
    const key: CaseKey = { site, family, root, ordinal };
    const known = cases.get(rowName(key));
    cases.set(rowName(key), { key, facts: known ? families[family].join(known.facts, facts) : facts });
  }
  return cases;
};

/** A row with facts merged into it; `undefined` when they change nothing. */
export const applyFacts = (row: CaseRow, facts: Facts): RowChange | undefined => {
  const joined = families[row.key.family].join(row.facts, facts);
  return sameFacts(joined, row.facts) ? undefined : { row, facts: joined };
};

/** Those above the desk: who answers for the figures. */
const ABOVE: readonly Role[] = ['supervisor', 'centre-manager', 'site-director', 'quality-manager', 'group-manager'];

/**
 * A row as somebody may see it. What a complaint about conduct says of who made it is its unit, and the contact that it was upheld
 * against: whoever is kept from that, the accused, and whoever's own contact it is, reads the complaint as of no unit, and the
 * contact as if none were upheld, so that no list tells it by what is missing. The figures count it all the same.
 */
export const asSeenBy = (row: CaseRow, actor: Actor): CaseRow => {
  const mayKnow = actor.roles.some((role) => ABOVE.includes(role)) && !isKeptOut(actor);
  if (row.key.family === 'complaint') {
    const { unit, ...facts } = row.facts as ComplaintFacts;
    const conduct = CONDUCT.some((kind) => kind === facts.kind);
    return conduct && !(mayKnow && facts.accused !== actor.staff) ? { ...row, facts } : row;
  }
  if (row.key.family !== 'handled' && row.key.family !== 'contact') return row;
  const { upheld, heard = {}, ...facts } = row.facts as HandledFacts & ContactFacts;
  const own = facts.takenBy === actor.staff || Object.values(heard).includes(actor.staff);
  return mayKnow && !own ? row : { ...row, facts };
};
