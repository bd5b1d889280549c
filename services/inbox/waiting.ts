import type { Person } from '../../shared/people/access.ts';
import { actorAt } from '../../shared/people/actor.ts';
import { isOneOf } from '../../shared/people/posts.ts';
import type { Wait } from './waits.ts';
import type { Waits } from './waits-store.ts';

/** Items read for one answer at most; the rest is the next page. */
const READ_MOST = 1000;

/** The sites of a person's posts in order, the group's last: that is read where somebody administers. */
const sitesOf = ({ grants }: Person, site: string | undefined): string[] => {
  if (site !== undefined) return [site];
  const own = [...new Set(grants.map((grant) => grant.site))].filter((one) => one !== '*').sort();
  return grants.some(({ role }) => role === 'administrator') ? [...own, '*'] : own;
};

/** Whether somebody may decide on it: by a post where it is, and being another than who asked and whom it is about. */
const isFor = (person: Person, wait: Wait): boolean => {
  if (!wait.waits || wait.by === person.staff || wait.about === person.staff) return false;
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
      const page = await waits.page(one, limit - items.length, within);
      // What lies at a site of theirs is read there.
      const theirs = page.items.filter(
        (wait) => isFor(person, wait) && !(one === '*' && sites.includes(wait.site) && wait.site !== '*'),
      );
      items.push(...theirs);
      seen += page.items.length;
      within = page.next;
      more = within !== undefined;
      if (more && (items.length >= limit || seen >= READ_MOST)) return { items, next: `${one} ${within}` };
    }
    if (items.length >= limit) {
      const following = sites[sites.indexOf(one) + 1];
      return { items, ...(following === undefined ? {} : { next: `${following} ` }) };
    }
  }
  return { items };
};
