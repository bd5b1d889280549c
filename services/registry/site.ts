import { isDeepStrictEqual } from 'node:util';
import type { Recorded } from '../../shared/domain/events.ts';
import { invalid, notFound, overtaken, refuse } from '../../shared/domain/refusal.ts';
import type { AggregateType, Current, Decision, Published } from '../../shared/journal/aggregate.ts';
import { looserThan, type PolicyOverrides, policyKey, type SiteFacts, siteKey } from '../../shared/policy/policy.ts';
import { type Instant, isZone } from '../../shared/time/clock.ts';
import { siteChanged, siteOpened, sitePolicySet } from './events.ts';
import { contradicting, type Floor, inForce, keyOf, merged, planned, type SitePolicy } from './policy.ts';

const events = [siteOpened, siteChanged, sitePolicySet] as const;
export type SiteEvent = (typeof events)[number];

/** Versions that may lie ahead at once. */
const PLANNED_MAX = 10;

export interface Site {
  name: string;
  timeZone: string;
  departments: { id: string; name: string }[];
  openedAt?: Instant | undefined;
  /** Where the desk is found, and how to pay: stands on everything an owner gets. */
  desk?: SiteFacts['desk'];
  howToPay?: SiteFacts['howToPay'];
  /** How it writes its places; see `writePlace`. */
  placeFormat?: SiteFacts['placeFormat'];
  /** The version of the group's policy that `policies` were worked out from. */
  floor: number;
  /** The versions in force or still to come, oldest first; those before are in the journal, and published. */
  policies: SitePolicy[];
  owed: [];
}

const fold = (state: Site | undefined, event: Recorded<SiteEvent>): Site => {
  if (event.name === 'site.opened') {
    return { ...event.data, openedAt: event.at, policies: event.data.policies as SitePolicy[], owed: [] };
  }
  if (!state) throw new Error(`${event.id} stands before the opening`);
  if (event.name === 'site.changed') return { ...state, ...event.data };
  const all = [...state.policies, ...(event.data.policies as SitePolicy[])];
  const now = inForce(all, event.at);
  return { ...state, floor: event.data.floor, policies: [...(now ? [now] : []), ...planned(all, event.at)] };
};

export const siteType: AggregateType<Site, SiteEvent> = {
  type: 'site',
  ids: 'site',
  kind: 'record',
  events,
  most: { departments: 50, policies: 100, howToPay: 10 },
  fold,
  finished: () => false,
};

/** What other services read: the site's facts, and every version of its policy that this change brought. */
export const publishSite = ({ id, state }: Current<Site>, before: Site | undefined): Published => {
  const { name, timeZone, departments, openedAt: since, desk, howToPay, placeFormat, policies } = state as Site;
  const last = newest(before?.policies ?? []);
  const fresh = policies.filter(({ version }) => version > last);
  const about = { name, timeZone, departments, since, desk, howToPay, placeFormat, policy: newest(policies) };
  return {
    put: [
      { ...siteKey(id), site: id, ...about },
      ...fresh.map((policy) => ({ ...policyKey(id, policy.version), ...policy })),
    ],
    remove: [],
  };
};

const newest = (policies: readonly SitePolicy[]): number => Math.max(0, ...policies.map(({ version }) => version));

/** What stands on everything an owner gets. */
type OnPaper = 'desk' | 'howToPay' | 'placeFormat';

export const open = (
  state: Site | undefined,
  { timeZone, ...facts }: Pick<Site, 'name' | 'timeZone' | 'departments' | OnPaper>,
  floor: Floor,
): Decision<SiteEvent> => {
  if (state) return refuse('site.already-there');
  if (!isZone(timeZone)) return invalid({ field: 'body.timeZone', rule: 'field.zone' });
  // It holds for whatever came in before the site was entered, too.
  const first: SitePolicy = { version: 1, effective: 0, overrides: {}, values: floor.values };
  return {
    events: [{ name: 'site.opened', data: { ...facts, timeZone, floor: floor.version, policies: [first] } }],
  };
};

/** Departments are added and renamed, never removed: cases and grants name them. What stands on paper stays if left out. */
export const change = (
  state: Site | undefined,
  { desk, howToPay, placeFormat, ...facts }: Pick<Site, 'name' | 'departments' | OnPaper>,
): Decision<SiteEvent> => {
  if (!state) return notFound('site');
  const wanted = {
    ...facts,
    desk: desk ?? state.desk,
    howToPay: howToPay ?? state.howToPay,
    placeFormat: placeFormat ?? state.placeFormat,
  };
  const gone = state.departments.filter(({ id }) => !wanted.departments.some((kept) => kept.id === id));
  if (gone.length > 0) return refuse('site.department-kept', { departments: gone.map(({ id }) => id).join(', ') });
  const { name, departments, desk: at, howToPay: ways, placeFormat: written } = state;
  const same = isDeepStrictEqual({ name, departments, desk: at, howToPay: ways, placeFormat: written }, wanted);
  return { events: same ? [] : [{ name: 'site.changed', data: wanted }] };
};

/**
 * A new version from `effective` (not before now) on; it overtakes what was planned from then on. A site may tighten
 * the group's policy, never loosen it.
 */
export const setPolicy = (
  state: Site | undefined,
  { effective, overrides }: { effective: Instant; overrides: PolicyOverrides },
  floor: Floor,
  now: Instant,
): Decision<SiteEvent> => {
  if (!state) return notFound('site');
  // Read before the group's policy changed, decided after: whoever asks again gets the newer floor.
  if (floor.version < state.floor) return overtaken();
  if (effective < now) return refuse('policy.in-the-past');
  const looser = looserThan(floor.values, overrides);
  if (looser.length > 0)
    return refuse('policy.looser', { names: looser.join(', '), means: looser.map(keyOf).join(' ') });
  const wrong = contradicting({ ...floor.values, ...overrides });
  if (wrong) return wrong;
  // What is planned until then has to keep a newer floor as well, which may not have reached the site yet.
  const policies = floor.version > state.floor ? raised(state, floor, now) : [];
  const version = newest([...state.policies, ...policies]) + 1;
  policies.push({ version, effective, overrides, values: merged(floor.values, overrides) });
  if (planned([...state.policies, ...policies], now).length > PLANNED_MAX) {
    return refuse('policy.too-many', { max: PLANNED_MAX });
  }
  return { events: [{ name: 'site.policy-set', data: { floor: floor.version, policies } }] };
};

/** The group's policy changed: what is in force, and what is planned, is worked out anew over the new floor. */
export const raiseFloor = (state: Site | undefined, floor: Floor, now: Instant): Decision<SiteEvent> => {
  if (!state) return notFound('site');
  if (floor.version <= state.floor) return { events: [] };
  const policies = raised(state, floor, now);
  return { events: [{ name: 'site.policy-set', data: { floor: floor.version, policies } }] };
};

const raised = ({ policies }: Site, floor: Floor, now: Instant): SitePolicy[] => {
  const segments = [
    { effective: now, overrides: inForce(policies, now)?.overrides ?? {} },
    ...planned(policies, now).map(({ effective, overrides }) => ({ effective, overrides })),
  ];
  const next = newest(policies) + 1;
  return segments.map((segment, i) => ({
    ...segment,
    version: next + i,
    values: merged(floor.values, segment.overrides),
  }));
};
