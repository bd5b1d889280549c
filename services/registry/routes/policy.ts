import * as z from 'zod';
import { notFound } from '../../../shared/domain/refusal.ts';
import { routesFor } from '../../../shared/http/route.ts';
import { instantIn, siteOnly } from '../../../shared/http/schemas.ts';
import { type PolicyOverrides, withDefaults } from '../../../shared/policy/policy.ts';
import { say } from '../../../shared/text/catalogue.ts';
import { type Instant, iso, localMinute } from '../../../shared/time/clock.ts';
import { overridesSchema } from '../events.ts';
import { EVERYWHERE, GROUP_ID, setPolicy as setGroupPolicy } from '../group.ts';
import { inForce, merged, NO_FLOOR, planned } from '../policy.ts';
import {
  changesView,
  groupPolicyOut,
  inForceOut,
  previewOut,
  previewView,
  refusalOf,
  valuesView,
} from '../policy-view.ts';
import { setPolicy } from '../site.ts';
import type { Deps } from './deps.ts';

const route = routesFor<Deps>();

/** A site's new policy, as it is set and tried. */
export const wantedPolicy = z.strictObject({
  effective: instantIn.optional().meta({ description: 'From when on; at once when absent' }),
  overrides: overridesSchema,
});
/** The group's. */
export const wantedFloor = z.strictObject({ overrides: overridesSchema });

/** Read in this order, so that the group's policy is never the older of the two. */
const readBoth = async (registry: Deps['registry'], site: string) => {
  const { state } = await registry.sites.head(site, site);
  if (!state) throw notFound(site);
  const floor = await registry.floor();
  return { state, floor: { ...floor, values: withDefaults(floor.values) } };
};

/*
 * Trying a policy is a POST, for its 84 values fit no query, beside the POST or PUT that sets it and with the same body. Like every
 * POST it takes an Idempotency-Key; since it writes nothing, nothing is kept under that: sent again, it says what holds by then. What setting
 * would refuse as a rule of the business is said in the answer, beside what would change; a value out of its bounds is a 400 for both.
 */
export const policyRoutes = [
  route({
    method: 'GET',
    path: '/sites/{site}/policy',
    summary:
      "The site's policy in force, in words: each value with its limits, the group's and the standard; what is announced",
    who: 'staff',
    params: siteOnly,
    answer: inForceOut,
    async handle({ params: { site }, now, language }, { registry }) {
      const { state, floor } = await readBoth(registry, site);
      const current = inForce(state.policies, now);
      const values = withDefaults(current?.values ?? {});
      let before = values;
      const announced = planned(state.policies, now).map((policy) => {
        const after = withDefaults(policy.values);
        const changes = changesView(before, after, language);
        before = after;
        return { version: policy.version, effective: iso(policy.effective), changes };
      });
      return {
        site,
        version: current?.version ?? 0,
        effective: iso(current?.effective ?? 0),
        floorVersion: floor.version,
        announced,
        values: valuesView(values, current?.overrides ?? {}, language, floor.values),
      };
    },
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/policies/preview',
    summary:
      "Try a new version of the site's policy: what would change, what it touches, whether it may be. Writes nothing",
    who: ['administrator'],
    params: siteOnly,
    body: wantedPolicy,
    answer: previewOut,
    async handle({ params: { site }, body, now, language }, { registry }) {
      const { state, floor } = await readBoth(registry, site);
      const effective: Instant = body.effective ?? now;
      const overrides = body.overrides as PolicyOverrides;
      const refusal = refusalOf(setPolicy(state, { effective, overrides }, floor, now));
      const without = merged(floor.values, inForce(state.policies, effective)?.overrides ?? {});
      const changes = changesView(without, { ...floor.values, ...overrides }, language, floor.values);
      const overtaken = planned(state.policies, now).filter((policy) => policy.effective >= effective);
      const further = overtaken.map((policy) =>
        say('policy-change.overtakes', language, {
          version: policy.version,
          at: localMinute(policy.effective, state.timeZone),
        }),
      );
      return previewView(refusal, iso(effective), changes, further, language);
    },
  }),
  route({
    method: 'GET',
    path: '/group/policy',
    summary: "The group's policy in words: each value with its limits and the standard",
    who: 'staff',
    answer: groupPolicyOut,
    async handle({ language }, { registry }) {
      const { state } = await registry.groups.head(EVERYWHERE, GROUP_ID);
      const { version, values } = state?.floor ?? NO_FLOOR;
      return { version, values: valuesView(withDefaults(values), state?.overrides ?? {}, language) };
    },
  }),
  route({
    method: 'POST',
    path: '/group/policy/preview',
    summary: 'Try a policy of the group: what would change, what it touches, whether it may be. Writes nothing',
    who: ['administrator', 'group-manager'],
    body: wantedFloor,
    answer: previewOut,
    async handle({ body, now, language }, { registry }) {
      const { state } = await registry.groups.head(EVERYWHERE, GROUP_ID);
      const overrides = body.overrides as PolicyOverrides;
      const refusal = refusalOf(setGroupPolicy(state, overrides));
      const changes = changesView(withDefaults((state?.floor ?? NO_FLOOR).values), withDefaults(overrides), language);
      const further = changes.length === 0 ? [] : [say('policy-change.sites', language)];
      return previewView(refusal, iso(now), changes, further, language);
    },
  }),
];
