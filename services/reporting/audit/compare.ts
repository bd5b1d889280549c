import { derivedId } from '../../../shared/domain/ids.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import type { Day } from '../../../shared/time/clock.ts';
import { daysOf, monthOf } from '../../../shared/time/month.ts';
import {
  applyFacts,
  billedOf,
  type CaseRow,
  type Counts,
  caseOutcomesOf,
  FAMILIES,
  mergeFacts,
  newest,
  nonZero,
  project,
  type RowChange,
  rowName,
  type Seen,
  sameFacts,
  sum,
  tally,
} from '../figures/contract.ts';
import type { Journals, Reporting } from '../figures/contract-store.ts';
import { type Finding, settledFindings } from './finding.ts';

export interface Stores {
  reporting: Reporting;
  journals: Journals;
  policies: Policies;
}

/** @param change the row as it is found, and the facts it should have */
const rowFinding = (reporting: Reporting, { row, facts }: RowChange): Finding => ({
  difference: {
    site: row.key.site,
    what: rowName(row.key),
    found: { facts: row.facts, stands: caseOutcomesOf(row) },
    expected: { facts, stands: caseOutcomesOf({ key: row.key, facts }) },
  },
  repair: () => reporting.commit(row.key.site, [{ row, facts }]),
});

/** Whether the rows know everything that some events of a site say. */
export const compareEvents = async (
  { reporting, policies }: Stores,
  site: string,
  events: readonly Seen[],
): Promise<Finding[]> => {
  const { timeZone } = await policies.site(site);
  const cases = [
    ...mergeFacts(
      site,
      events.flatMap((event) => project(event, timeZone)),
    ).values(),
  ];
  const rows = await reporting.rows(cases.map(({ key }) => key));
  const facts = new Map(cases.map((one) => [rowName(one.key), one.facts]));
  return rows.flatMap((row) => {
    const change = applyFacts(row, facts.get(rowName(row.key)) ?? {});
    return change ? [rowFinding(reporting, change)] : [];
  });
};

/** Complaints elsewhere that a row says were upheld against its contact. */
const upheldBy = (row: CaseRow): string[] =>
  Object.keys((row.facts as { upheld?: Record<string, unknown> | true }).upheld ?? {});

/** Everything the journals say about the cases of one root. */
const expectedRows = async (stores: Stores, site: string, root: string, live: readonly CaseRow[]) => {
  const billed = billedOf(root);
  if (billed === undefined) return expectedOfContact(stores, site, root, live);
  const { timeZone } = await stores.policies.site(site);
  const events = await stores.journals.history(billed, site, root);
  return mergeFacts(
    site,
    events.flatMap((event) => project(event, timeZone)),
  );
};

const expectedOfContact = async (
  { journals, policies }: Stores,
  site: string,
  root: string,
  live: readonly CaseRow[],
) => {
  const contact = derivedId('contact', `_${root}`);
  const own = derivedId('complaint', contact);
  const { timeZone } = await policies.site(site);
  const complaints = await Promise.all(
    [...new Set([own, ...live.flatMap(upheldBy)])].map((id) => journals.history('complaint', site, id)),
  );
  const resolved = complaints.flat().flatMap((event) => (event.name === 'complaint.resolved' ? [event] : []));
  const ordinals = new Set([
    ...resolved.filter(({ aggregate }) => aggregate === own).map(({ data }) => data.ordinal),
    ...live.flatMap(({ key: { ordinal } }) => (typeof ordinal === 'number' ? [ordinal] : [])),
  ]);
  const others = await Promise.all([
    journals.history('contact', site, contact),
    ...[...ordinals].map((ordinal) => journals.history('callback', site, derivedId('callback', contact, ordinal))),
  ]);
  const facts = [...complaints, ...others].flat().flatMap((event) => project(event, timeZone));
  return mergeFacts(
    site,
    facts.filter((one) => one.root === root),
  );
};

/** Whether the rows of one root are exactly what the journals say: nothing missing, nothing too much. */
export const compareRoot = (stores: Stores, site: string, root: string): Promise<Finding[]> =>
  settledFindings(async () => {
    const expected = await expectedRows(stores, site, root, await stores.reporting.rowsOfRoot(site, root));
    const live = await stores.reporting.rowsOfRoot(site, root);
    const known = new Set(live.map(({ key }) => rowName(key)));
    const absent = [...expected.values()].filter(({ key }) => !known.has(rowName(key)));
    return [...live, ...absent.map(({ key }): CaseRow => ({ key, version: 0, facts: {} }))].flatMap((row) => {
      const facts = expected.get(rowName(row.key))?.facts ?? {};
      return sameFacts(row.facts, facts) ? [] : [rowFinding(stores.reporting, { row, facts })];
    });
  });

const countRows = async (reporting: Reporting, site: string, day: Day): Promise<Counts> => {
  const days = new Map<Day, Counts>();
  for (const family of FAMILIES) {
    let after: string | undefined;
    do {
      const page = await reporting.cases(site, family, day, 100, after);
      for (const row of page.rows) tally(days, caseOutcomesOf(row));
      after = page.next;
    } while (after !== undefined);
  }
  return nonZero(days.get(day) ?? {});
};

/** Whether a day's counts are the sum of its rows, to the last unit. */
export const compareDay = ({ reporting }: Stores, site: string, day: Day): Promise<Finding[]> => {
  const compare = async (): Promise<Finding[]> => {
    const before = await reporting.cell(site, 'day', day);
    const counted = await countRows(reporting, site, day);
    const after = await reporting.cell(site, 'day', day);
    const found = nonZero(after?.counts ?? {});
    if (before?.version === after?.version && sameFacts(found, counted)) return [];
    const repair = () =>
      reporting.setCell('day', { site, day, version: after?.version ?? 0, counts: counted, asOf: after?.asOf ?? {} });
    return [{ difference: { site, what: `${site}#days#${day}`, found, expected: counted }, repair }];
  };
  // The month was the sum of the day as it was.
  const repair = async () => {
    for (const late of await compare()) await late.repair();
    for (const late of await lookAtMonth(reporting, site, day)) await late.repair();
  };
  return settledFindings(async () => (await compare()).map(({ difference }) => ({ difference, repair })));
};

/** Every write of a day is one of its month, so that the same version before and after means the days stood still. */
const lookAtMonth = async (reporting: Reporting, site: string, day: Day): Promise<Finding[]> => {
  const { from, to } = daysOf(monthOf(day));
  const before = await reporting.cell(site, 'month', day);
  const days = await reporting.cells(site, 'day', { from, to }, true);
  const after = await reporting.cell(site, 'month', day);
  const [found, expected] = [nonZero(after?.counts ?? {}), nonZero(sum(days.map(({ counts }) => counts)))];
  if (before?.version === after?.version && sameFacts(found, expected)) return [];
  const asOf = newest([after?.asOf, ...days.map((one) => one.asOf)]);
  const right = { site, day: from, version: after?.version ?? 0, counts: expected, asOf, closed: after?.closed };
  const what = `${site}#months#${monthOf(day)}`;
  return [{ difference: { site, what, found, expected }, repair: () => reporting.setCell('month', right) }];
};

/** Whether the counts of the month a day lies in are the sum of its days'. */
export const compareMonth = ({ reporting }: Stores, site: string, day: Day): Promise<Finding[]> => {
  // Days put right in the meantime may have put it right too.
  const repair = async () => {
    for (const late of await lookAtMonth(reporting, site, day)) await late.repair();
  };
  return settledFindings(async () =>
    (await lookAtMonth(reporting, site, day)).map(({ difference }) => ({ difference, repair })),
  );
};
