import { isDeepStrictEqual } from 'node:util';
import { accessKey, type Grant, type Person, rosterKey, type StaffCard, staffKey } from '../../shared/access.ts';
import type { Instant } from '../../shared/clock.ts';
import type { PersonalRef, Recorded } from '../../shared/events.ts';
import type { Chance } from '../../shared/ids.ts';
import type { AggregateType, Current, Decision, Published } from '../../shared/journal/aggregate.ts';
import type { Role } from '../../shared/posts.ts';
import { notFound, Refusal, refuse } from '../../shared/refusal.ts';
import type { Language } from '../../shared/text/catalogue.ts';
import { staffActivated, staffChanged, staffDeactivated, staffJoined } from './events.ts';
import { textKeeper } from './texts.ts';

const events = [staffJoined, staffChanged, staffDeactivated, staffActivated] as const;
export type StaffEvent = (typeof events)[number];

export interface Staff {
  name: PersonalRef;
  email?: PersonalRef | undefined;
  language: Language;
  subject: string;
  grants: Grant[];
  /** Where they ever held a post. */
  sites: string[];
  active: boolean;
  owed: [];
}
/** A member of staff as people write them. */
export interface StaffFacts {
  name: string;
  email?: string | undefined;
  language: Language;
  subject: string;
  grants: Grant[];
}

/** So that one transaction (100 items) can publish and withdraw all of them. */
export const GRANTS_MAX = 30;

const sitesOf = ({ grants }: Pick<Staff, 'grants'>, before: readonly string[] = []): string[] => [
  ...new Set([...before, ...grants.map(({ site }) => site)]),
];

const fold = (state: Staff | undefined, event: Recorded<StaffEvent>): Staff => {
  if (event.name === 'staff.joined') return { ...event.data, sites: sitesOf(event.data), active: true, owed: [] };
  if (!state) throw new Error(`${event.id} stands before the joining`);
  if (event.name === 'staff.changed')
    return { ...event.data, sites: sitesOf(event.data, state.sites), active: state.active, owed: [] };
  return { ...state, active: event.name === 'staff.activated' };
};

export const staffType: AggregateType<Staff, StaffEvent> = {
  type: 'staff',
  ids: 'staff',
  kind: 'record',
  events,
  most: { grants: GRANTS_MAX, sites: 200 },
  fold,
  finished: ({ active }) => !active,
};

/**
 * What every service reads: the grants under the subject, and a roster entry for each post, with the address mail goes
 * to, and who is staff at all. Somebody deactivated stays known under their subject, so that nobody else takes it.
 */
export const publishStaff =
  (email: string | undefined) =>
  ({ id, state }: Current<Staff>, before: Staff | undefined): Published => {
    const { subject, active, language, grants, name, sites } = state as Staff;
    const posts = (of: Staff | undefined) => (of?.active ? of.grants.map((g) => rosterKey(g.site, g, id)) : []);
    const now = posts(state);
    const gone = posts(before).filter((old) => !now.some(({ pk, sk }) => pk === old.pk && sk === old.sk));
    return {
      put: [
        { ...accessKey(subject), staff: id, active, language, grants },
        { ...staffKey(id), ...({ staff: id, sites } satisfies StaffCard) },
        ...(active ? grants : []).map(({ site, role, department }) => ({
          ...rosterKey(site, { role, department }, id),
          staff: id,
          role,
          department,
          language,
          email,
          name,
        })),
      ],
      remove: [...(before && before.subject !== subject ? [accessKey(before.subject)] : []), ...gone],
    };
  };

/** Whom a site's own director may appoint there. */
const BELOW_DIRECTOR: Role[] = ['agent', 'supervisor', 'department-head', 'centre-manager'];
const GROUP_WIDE: Role[] = ['group-manager', 'administrator'];

/** Whether somebody may give or take these grants, and so decide about whoever holds them. */
export const mayManage = ({ grants }: Person, touched: readonly Grant[]): boolean => {
  const has = (role: Role, site: string) => grants.some((g) => g.role === role && g.site === site);
  if (has('administrator', '*')) return true;
  return (
    touched.length > 0 &&
    touched.every(
      ({ site, role }) =>
        site !== '*' &&
        ((has('administrator', site) && !GROUP_WIDE.includes(role)) ||
          (has('site-director', site) && BELOW_DIRECTOR.includes(role))),
    )
  );
};

interface Situation {
  person: Person;
  now: Instant;
  chance: Chance;
  /** Who has the wanted subject already, by what is published. */
  holder: string | undefined;
}

const forbidden = () => new Refusal('forbidden', 'request.forbidden');

export const join = (state: Staff | undefined, facts: StaffFacts, on: Situation): Decision<StaffEvent> => {
  if (!mayManage(on.person, facts.grants)) return forbidden();
  if (state || on.holder !== undefined) return refuse('staff.subject-taken', { staff: on.holder ?? '' });
  const { data, personal } = written(undefined, facts, on);
  return { events: [{ name: 'staff.joined', data }], personal };
};

export const change = (
  { id, state }: { id: string; state: Staff | undefined },
  facts: StaffFacts,
  on: Situation,
): Decision<StaffEvent> => {
  if (!state) return notFound(id);
  if (!mayManage(on.person, [...state.grants, ...facts.grants])) return forbidden();
  if (on.holder !== undefined && on.holder !== id) return refuse('staff.subject-taken', { staff: on.holder });
  const { data, personal } = written(state, facts, on);
  const { active: _, owed: __, sites: ___, ...before } = state;
  if (isDeepStrictEqual(data, before)) return { events: [] };
  const sameRights = isDeepStrictEqual([data.grants, data.subject], [before.grants, before.subject]);
  if (!sameRights && on.person.staff === id) return refuse('staff.not-yourself');
  return { events: [{ name: 'staff.changed', data }], personal };
};

/** Writes are refused from the next request on, reads within a minute. */
export const setActive = (
  { id, state }: { id: string; state: Staff | undefined },
  active: boolean,
  person: Person,
): Decision<StaffEvent> => {
  if (!state) return notFound(id);
  if (!mayManage(person, state.grants)) return forbidden();
  if (person.staff === id) return refuse('staff.not-yourself');
  if (state.active === active) return { events: [] };
  return { events: [{ name: active ? 'staff.activated' : 'staff.deactivated', data: {} }] };
};

/** Sets name and address apart; one that is there already keeps its item. */
const written = (state: Staff | undefined, { name, email, ...rest }: StaffFacts, { now, chance }: Situation) => {
  const { refTo, personal } = textKeeper(now, chance);
  const refs = {
    name: refTo('name', name, state?.name),
    ...(email === undefined ? {} : { email: refTo('email', email, state?.email) }),
  };
  return { data: { ...refs, ...rest }, personal };
};
