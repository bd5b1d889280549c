import type { Person } from '../../shared/people/access.ts';
import { actorAt } from '../../shared/people/actor.ts';
import { type Caller, isOneOf } from '../../shared/people/positions.ts';
import { EVERYWHERE } from './group.ts';
import calls from './rights.json' with { type: 'json' };

interface Call {
  call: string;
  who: 'staff' | readonly Caller[];
  positions?: readonly string[];
}

/** Calls that somebody may make, at the same sites: `*` at every site. */
export interface Rights {
  sites: string[];
  may: string[];
}

/**
 * What somebody may ask and do that is about no case, by what each route declares: site by site, those alike together. Calls that
 * name no site stand where all of theirs are the same, under no site.
 */
export const rightsOf = (person: Person): Rights[] => {
  const all = calls as Call[];
  const isOfSite = ({ call }: Call) => call.includes('{site}');
  const own = [...new Set(person.grants.map(({ site }) => site))].sort();
  const allowed = ({ who }: Call, site: string, holds: number) =>
    who === 'staff' ? holds > 0 : isOneOf(who, actorAt(person, site));
  const at = (site: string) =>
    all
      .filter((one) => isOfSite(one) && allowed(one, site, actorAt(person, site).roles.length))
      .map(({ call }) => call);
  const anywhere = all.filter(
    (one) =>
      !isOfSite(one) &&
      allowed(one, EVERYWHERE, person.grants.length) &&
      (!one.positions || person.grants.some(({ role }) => one.positions?.includes(role))),
  );
  const alike = Map.groupBy(
    own.map((site) => ({ site, may: at(site) })),
    ({ may }) => may.join(),
  );
  return [
    { sites: [], may: anywhere.map(({ call }) => call) },
    ...[...alike.values()].map((some) => ({ sites: some.map(({ site }) => site), may: some[0]?.may ?? [] })),
  ];
};
