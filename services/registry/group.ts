import type { Recorded } from '../../shared/domain/events.ts';
import type { AggregateType, Current, Decision, Published } from '../../shared/journal/aggregate.ts';
import { type PolicyOverrides, policyKey, withDefaults } from '../../shared/policy/policy.ts';
import type { Instant } from '../../shared/time/clock.ts';
import { groupNamed, groupPolicyChanged } from './events.ts';
import { contradicting, type Floor, NO_FLOOR } from './policy.ts';

const events = [groupNamed, groupPolicyChanged] as const;
export type GroupEvent = (typeof events)[number];

/** The group (集团): one in a deployment. */
export interface Group {
  name?: string;
  floor: Floor;
  overrides: PolicyOverrides;
  owed: [];
}

/** Under what the group itself is kept: no site's. */
export const EVERYWHERE = '*';
export const GROUP_ID = 'grp_group';

const fold = (state: Group | undefined, event: Recorded<GroupEvent>): Group => {
  const before = state ?? { floor: NO_FLOOR, overrides: {}, owed: [] };
  if (event.name === 'group.named') return { ...before, name: event.data.name };
  const { floor, overrides, values } = event.data;
  return { ...before, overrides: overrides as PolicyOverrides, floor: { version: floor, values } };
};

export const groupType: AggregateType<Group, GroupEvent> = {
  type: 'group',
  ids: 'group',
  kind: 'record',
  events,
  most: {},
  fold,
  finished: () => false,
};

export const name = (state: Group | undefined, named: string): Decision<GroupEvent> => ({
  events: state?.name === named ? [] : [{ name: 'group.named', data: { name: named } }],
});

/** The group's own policy may be anything within the legal caps; it takes effect at once. */
export const setPolicy = (state: Group | undefined, overrides: PolicyOverrides): Decision<GroupEvent> => {
  const values = withDefaults(overrides);
  const wrong = contradicting(values);
  if (wrong) return wrong;
  const version = (state?.floor ?? NO_FLOOR).version + 1;
  return { events: [{ name: 'group.policy-changed', data: { floor: version, overrides, values } }] };
};

/** The group's policy for other services, under the id of no site: what the group's own figures are held against. */
export const publishFloor = ({ state }: Current<Group>, now: Instant): Published => {
  const { version, values } = state?.floor ?? NO_FLOOR;
  return { put: [{ ...policyKey(EVERYWHERE, version), version, effective: now, values }], remove: [] };
};
