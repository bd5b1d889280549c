import { EXPIRES } from '../../shared/aws/table.ts';
import type { Current, Published } from '../../shared/journal/aggregate.ts';
import {
  accessKey,
  addressLeftKey,
  type Grant,
  type Holder,
  positionOf,
  type Reach,
  reachKey,
  rosterKey,
  type StaffCard,
  type StandIn,
  staffKey,
} from '../../shared/people/access.ts';
import { secondsOf } from '../../shared/people/retention.ts';
import { DAY, type Instant } from '../../shared/time/clock.ts';
import type { Staff } from './staff.ts';

/**
 * An address that somebody gave up, or that was taken from them, goes on hearing of their sign-in for so long (ms): whoever changes
 * the address first and the sign-in later is heard of there.
 */
const HEARS_FOR = 7 * DAY;

const addressLeft = (
  staff: string,
  before: Staff | undefined,
  { email }: Staff,
  left: { email: string | undefined; now: Instant } | undefined,
): Published['put'] => {
  if (before?.email === undefined || before.email.ref === email?.ref || left?.email === undefined) return [];
  const until = left.now + HEARS_FOR;
  return [{ ...addressLeftKey(staff, before.email.ref), email: left.email, until, [EXPIRES]: secondsOf(until) }];
};

/** Each position once: their own, and with its times what they hold for others alone. */
const held = ({ grants, standsIn = [] }: Staff): (Grant & Pick<Holder, 'standsIn'>)[] => {
  const keyOf = ({ site, role, department }: Grant) => `${site}#${role}#${department ?? ''}`;
  const own = grants.map(keyOf);
  const others = Map.groupBy(
    standsIn.filter((one) => !own.includes(keyOf(one))),
    keyOf,
  );
  const times = (all: readonly StandIn[]) => all.map(({ for: away, from, until }) => ({ for: away, from, until }));
  return [
    ...grants,
    ...[...others.values()].map((all) => ({ ...positionOf(all[0] as StandIn), standsIn: times(all) })),
  ];
};

/**
 * What every service reads: the grants under the subject, and a roster entry for each position, with the address mail goes
 * to, who is staff at all, and how each is reached whatever positions they hold. Somebody deactivated stays known under their subject, and everybody under those they had: a sign-in is
 * one person's for good, so that nobody is two people by it.
 */
export const publishStaff =
  (email: string | undefined, left?: { email: string | undefined; now: Instant }) =>
  ({ id, state }: Current<Staff>, before: Staff | undefined): Published => {
    const { subject, active, language, grants, name, sites, signInSince, took, standsIn } = state as Staff;
    const positions = (of: Staff | undefined) =>
      of?.active ? held(of).map((one) => rosterKey(one.site, one, id)) : [];
    const now = positions(state);
    const gone = positions(before).filter((old) => !now.some(({ pk, sk }) => pk === old.pk && sk === old.sk));
    const since = signInSince === undefined ? {} : { signInSince };
    const card = (staff: string, at: string[]) => ({
      ...staffKey(staff),
      ...({ staff, sites: at, ...since } satisfies StaffCard),
    });
    return {
      put: [
        { ...accessKey(subject), staff: id, active, language, grants, ...(standsIn ? { standsIn } : {}), ...since },
        ...(before && before.subject !== subject
          ? [{ ...accessKey(before.subject), staff: id, active: false, language, grants: [] }]
          : []),
        card(id, sites),
        ...(took === undefined ? [] : [card(took, [])]),
        { ...reachKey(id), ...({ language, name, ...(email === undefined ? {} : { email }) } satisfies Reach) },
        ...addressLeft(id, before, state as Staff, left),
        ...(active ? held(state as Staff) : []).map(({ site, role, department, standsIn: times }) => ({
          ...rosterKey(site, { role, department }, id),
          ...(times ? { standsIn: times } : {}),
          staff: id,
          role,
          department,
          language,
          email,
          name,
        })),
      ],
      remove: gone,
    };
  };
