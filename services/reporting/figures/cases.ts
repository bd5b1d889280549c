import type * as z from 'zod';
import { invalid } from '../../../shared/domain/refusal.ts';
import type { Person } from '../../../shared/people/access.ts';
import { actorAt } from '../../../shared/people/actor.ts';
import { type Day, isDay } from '../../../shared/time/clock.ts';
import type { CountCell } from './cell-store.ts';
import { type asOfOut, asOfView } from './fresh.ts';
import { type FigureId, familyOf, type State } from './measures/measure.ts';
import { asSeenBy, type CaseRow } from './row.ts';
import type { Reporting } from './store.ts';
import { isCounted } from './tally.ts';
import { type caseOut, caseView } from './view.ts';

/** Index pages looked through for one page of cases, at most; a page may be short and still have a next. */
const ROUNDS = 5;
/** Sites looked through for one page, at most. */
const SITES = 50;
/** Rows in one look. */
const ROWS = 100;

export interface CaseQuery {
  measure: FigureId;
  from: Day;
  to: Day;
  state?: State | undefined;
  /** Who asks. */
  person: Person;
  /** Which of them; all where absent. */
  keep?: ((rows: CaseRow[]) => Promise<CaseRow[]>) | undefined;
  limit: number;
  /** Where the page before ended. */
  after?: string | undefined;
}

/** Where a walk over sites, their days and a day's cases stands: `site~day~case`, the case empty at a day's beginning. */
const cursor = (site: string, day: Day, id = '') => [site, day, id].join('~');

interface Page {
  items: z.input<typeof caseOut>[];
  /** Of the counts of the days it was looked for in. */
  asOf: z.input<typeof asOfOut>;
  next?: string;
}

/**
 * The cases a figure opens into, site by site, day by day, whatever the figure was added up from. Days on which nothing
 * was counted for the measure are not looked into.
 * @param sites in the order in which they are walked; those before the cursor's are passed over
 */
export const casesOf = async (
  reporting: Reporting,
  sites: readonly string[],
  { measure, from, to, person, state, keep, limit, after }: CaseQuery,
): Promise<Page> => {
  const [atSite = '', atDay = '', atCase = ''] = after?.split('~') ?? [];
  const isOurs = sites.includes(atSite) && isDay(atDay) && from <= atDay && atDay <= to;
  if (after !== undefined && !isOurs) throw invalid({ field: 'query.after', rule: 'field.next-of-page' });
  const items: z.input<typeof caseOut>[] = [];
  const counted: CountCell[] = [];
  const page = (next?: string): Page => ({ items, asOf: asOfView(counted), ...(next === undefined ? {} : { next }) });
  let rounds = 0;
  const ahead = sites.slice(Math.max(0, sites.indexOf(atSite)));
  for (const [n, site] of ahead.entries()) {
    if (n === SITES) return page(cursor(site, from));
    const first = site === atSite && atDay > from ? atDay : from;
    const days = await reporting.days(site, first, to);
    counted.push(...days);
    for (const { day, counts } of days) {
      if (!isCounted(counts, measure)) continue;
      let next = site === atSite && day === atDay && atCase !== '' ? atCase : undefined;
      do {
        if (rounds++ === ROUNDS) return page(cursor(site, day, next));
        const some = await reporting.cases(site, familyOf(measure), day, ROWS, next);
        const seen = some.rows.map((row) => asSeenBy(row, actorAt(person, site)));
        for (const row of keep ? await keep(seen) : seen) {
          const found = caseView(row, measure);
          if (!found || (state !== undefined && found.state !== state)) continue;
          items.push(found);
          if (items.length === limit) return page(cursor(site, day, found.id));
        }
        next = some.next;
      } while (next !== undefined);
    }
  }
  return page();
};
