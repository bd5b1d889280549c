import { type Refusal, refuse } from '../../shared/domain/refusal.ts';
import { DEFAULT_POLICY, looserThan, type PolicyOverrides, type PolicyValues } from '../../shared/policy/policy.ts';
import type { Instant } from '../../shared/time/clock.ts';

/** The group's policy and which version of it. */
export interface Floor {
  version: number;
  values: PolicyValues;
}
export const NO_FLOOR: Floor = { version: 0, values: DEFAULT_POLICY };

/** A version of a site's policy; it holds from `effective` until a later version's. */
export interface SitePolicy {
  version: number;
  effective: Instant;
  overrides: PolicyOverrides;
  values: PolicyValues;
}

/** Of each of these pairs the first must be smaller than the second, or the policy contradicts itself. */
const ORDER: [keyof PolicyValues, keyof PolicyValues][] = [
  ['callFromMinute', 'callUntilMinute'],
  ['remindHours', 'callbackHours'],
  ['reopenAtRating', 'satisfiedFrom'],
  ['escalateManagerHours', 'escalateDirectorHours'],
];

/** What a value has to be less than, or more than, whatever it is set to. */
export const neighboursOf = (name: keyof PolicyValues) => {
  const lessThan = ORDER.find(([low]) => low === name)?.[1];
  const moreThan = ORDER.find(([, high]) => high === name)?.[0];
  return { ...(lessThan ? { lessThan } : {}), ...(moreThan ? { moreThan } : {}) };
};

/** Pairs of values that contradict each other. */
export const contradictions = (values: PolicyValues) => ORDER.filter(([low, high]) => values[low] >= values[high]);

/** The message that says what a value means. */
export const keyOf = (name: keyof PolicyValues) => `policy.${name}` as const;

/** The no to values that contradict each other, which says the first such pair in words. */
export const contradicting = (values: PolicyValues): Refusal | undefined => {
  const wrong = contradictions(values);
  const [pair] = wrong;
  if (!pair) return undefined;
  const pairs = wrong.map((both) => both.join(' < ')).join(', ');
  return refuse('policy.contradiction', { pairs, less: keyOf(pair[0]), more: keyOf(pair[1]) });
};

/**
 * The stricter of the group's value and the site's, name by name. Where a stricter group has made two of the site's
 * values contradict each other, both are the group's again.
 */
export const merged = (floor: PolicyValues, overrides: PolicyOverrides): PolicyValues => {
  const looser = new Set(looserThan(floor, overrides));
  const asked = Object.entries(overrides).filter(
    ([name, value]) => value !== undefined && !looser.has(name as keyof PolicyValues),
  );
  const values = { ...floor, ...(Object.fromEntries(asked) as PolicyOverrides) } as PolicyValues;
  for (const [low, high] of contradictions(values)) {
    values[low] = floor[low];
    values[high] = floor[high];
  }
  return values;
};

/** Of a site's versions, oldest first: the one in force at an instant. The newest that has begun wins. */
export const inForce = (policies: readonly SitePolicy[], now: Instant): SitePolicy | undefined =>
  policies.findLast(({ effective }) => effective <= now);

/** Versions announced but not begun, without those a newer version has overtaken; earliest first. */
export const planned = (policies: readonly SitePolicy[], now: Instant): SitePolicy[] =>
  policies.filter(
    ({ effective }, i) => effective > now && policies.slice(i + 1).every((later) => later.effective > effective),
  );
