import type { Person } from '../../shared/people/access.ts';
import { actorAt } from '../../shared/people/actor.ts';
import { isOneOf } from '../../shared/people/positions.ts';
import type { Wait } from './waits.ts';
import { type Waits, waitSk } from './waits-store.ts';

/** Items read at a time, and for one answer at most; the rest is the next page. */
const STEP = 100;
const READ_MOST = 1000;

/** The sites of a person's positions in order, the group's last: that is read where they have a position for all of it, or administer a part. */
const sitesOf = ({ grants }: Person, site: string | undefined): string[] => {
  if (site !== undefined) return [site];
  const own = new Set(grants.map((grant) => grant.site).filter((one) => one !== '*'));
  const isOfAll = grants.some((grant) => grant.site === '*' || grant.role === 'administrator');
  return [...[...own].sort(), ...(isOfAll ? ['*'] : [])];
};

/** Whether somebody may decide on it: by a position where it is, and being another than who asked and whom it is about. */
const isFor = (person: Person, wait: Wait): boolean => {
  if (!wait.waits || [wait.by, wait.about, wait.accused].includes(person.staff)) return false;
  if (wait.site !== '*') return isOneOf(wait.who, actorAt(person, wait.site));
  const at = person.grants.filter(({ role }) => wait.who.includes(role)).map(({ site }) => site);
  return at.includes('*') || (wait.sites.length > 0 && wait.sites.every((site) => at.includes(site)));
};

/** What waits for somebody as the second person, over all sites of theirs; a place is `<site> <place there>`. */
export const waitingFor = async (
  waits: Waits,
  person: Person,
  { site, limit, after = '' }: { site?: string | undefined; limit: number; after?: string | undefined },
): Promise<{ items: Wait[]; next?: string }> => {
  const sites = sitesOf(person, site);
  const [begun = '', ...place] = after.split(' ');
  const items: Wait[] = [];
  let within = (sites.includes(begun) && place.join(' ')) || undefined;
  let seen = 0;
  for (const one of sites.slice(Math.max(sites.indexOf(begun), 0))) {
    for (let more = true; more; ) {
      const page = await waits.page(one, STEP, within);
      for (const wait of page.items) {
        if (items.length === limit || seen === READ_MOST) return { items, next: `${one} ${within ?? ''}` };
        within = waitSk(wait);
        seen += 1;
        // What lies at a site of theirs is read there.
        const isElsewhere = one === '*' && wait.site !== '*' && sites.includes(wait.site);
        if (!isElsewhere && isFor(person, wait)) items.push(wait);
      }
      more = page.next !== undefined;
    }
    within = undefined;
  }
  return { items };
};
