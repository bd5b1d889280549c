import type * as z from 'zod';
import type { Day } from '../../shared/clock.ts';
import { MEASURES, type MeasureId, type State } from './measures/measure.ts';
import type { Reporting } from './store.ts';
import { nonZero } from './tally.ts';
import { type caseOut, caseView } from './view.ts';

/** Index pages looked through for one page of cases, at most; a page may be short and still have a next. */
const LOOKS = 5;
/** Sites looked through for one page, at most. */
const SITES = 50;
/** Rows in one look. */
const ROWS = 100;

export interface Wanted {
  measure: MeasureId;
  from: Day;
  to: Day;
  state?: State | undefined;
  limit: number;
  /** Where the page before ended. */
  after?: string | undefined;
}

/** Where a walk over sites, their days and a day's cases stands: `site~day~case`, the case empty at a day's beginning. */
const cursor = (site: string, day: Day, id = '') => [site, day, id].join('~');

/**
 * The cases a figure opens into, site by site, day by day, whatever the figure was added up from. Days on which nothing
 * was counted for the measure are not looked into.
 * @param sites in the order in which they are walked; those before the cursor's are passed over
 */
export const casesOf = async (
  reporting: Reporting,
  sites: readonly string[],
  { measure, from, to, state, limit, after }: Wanted,
): Promise<{ items: z.input<typeof caseOut>[]; next?: string }> => {
  const [atSite = '', atDay = '', atCase = ''] = after?.split('~') ?? [];
  const items: z.input<typeof caseOut>[] = [];
  let looks = 0;
  const ahead = sites.slice(Math.max(0, sites.indexOf(atSite)));
  for (const [n, site] of ahead.entries()) {
    if (n === SITES) return { items, next: cursor(site, from) };
    const first = site === atSite && atDay > from ? atDay : from;
    for (const { day, counts } of await reporting.days(site, first, to)) {
      if (!Object.keys(nonZero(counts)).some((cell) => cell.startsWith(`${measure}.`))) continue;
      let next = site === atSite && day === atDay && atCase !== '' ? atCase : undefined;
      do {
        if (looks++ === LOOKS) return { items, next: cursor(site, day, next) };
        const page = await reporting.cases(site, MEASURES[measure].family, day, ROWS, next);
        for (const row of page.rows) {
          const found = caseView(row, measure);
          if (!found || (state !== undefined && found.state !== state)) continue;
          items.push(found);
          if (items.length === limit) return { items, next: cursor(site, day, found.id) };
        }
        next = page.next;
      } while (next !== undefined);
    }
  }
  return { items };
};
