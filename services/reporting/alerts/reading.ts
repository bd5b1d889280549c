import { inParallel } from '../../../shared/aws/many.ts';
import { invalid } from '../../../shared/domain/refusal.ts';
import type { Day } from '../../../shared/time/clock.ts';
import { idsOf, isAbout, type Sought } from './alert.ts';
import { type Alerts, listedAlerts } from './store.ts';

/** Sites asked at once. */
const WIDTH = 100;
const [FIRST, LAST] = ['0000-01-01', '9999-12-31'];

interface AlertsQuery extends Sought {
  from?: Day | undefined;
  to?: Day | undefined;
  state: 'raised' | 'acknowledged';
  limit: number;
  after?: string | undefined;
}

/**
 * Alerts of some sites, those of the newest day first; those of one day by id and site. `next` names an alert and its site: the last
 * of the page, or how far all sites were looked through where what is sought is rare; a page may be short and have a next.
 * @throws Refusal where `after` names none of the sites
 */
export const pageOfAlerts = async (alerts: Alerts, sites: readonly string[], asked: AlertsQuery) => {
  const { from, to, state, limit, after, ...sought } = asked;
  const [atId, atSite = ''] = after?.split('~') ?? [];
  if (after !== undefined && !sites.includes(atSite)) {
    throw invalid({ field: 'query.after', rule: 'field.next-of-page' });
  }
  const [low, high] = idsOf(from ?? FIRST, to ?? LAST);
  const isPast = (id: string, site: string) => atId !== undefined && (id > atId || (id === atId && site <= atSite));
  const ids = [low, atId !== undefined && atId < high ? atId : high] as const;
  if (ids[1] < low) return { items: [] };
  const found = await inParallel(sites, WIDTH, (site) =>
    listedAlerts(alerts, site, {
      finished: state === 'acknowledged',
      ids,
      wanted: (id) => !isPast(id, site) && isAbout(id, sought),
      limit: limit + 1,
    }),
  );
  // Behind where one site was looked through, another's may be older than what that one has still to show.
  const reached = found
    .flatMap((one) => one.reached ?? [])
    .sort()
    .at(-1);
  const all = found
    .flatMap(({ items }) => items)
    .filter(({ id, state: there }) => there !== undefined && (reached === undefined || id >= reached))
    .sort((a, b) => (a.id === b.id ? (a.site < b.site ? -1 : 1) : a.id > b.id ? -1 : 1));
  const items = all.slice(0, limit);
  const last = items.at(-1);
  if (last && all.length > limit) return { items, next: `${last.id}~${last.site}` };
  return { items, ...(reached === undefined ? {} : { next: `${reached}~${[...sites].sort().at(-1)}` }) };
};
