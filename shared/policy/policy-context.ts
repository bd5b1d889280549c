import type { Instant } from '../time/clock.ts';
import type { Policies } from './policies.ts';
import type { PolicyValues, PolicyVersion, Timeline } from './policy.ts';

/** What a decision needs of where it is made: the site's zone and the policy frozen for the case. */
export interface PolicyContext {
  zone: string;
  version: number;
  policy: PolicyValues;
  /** When the next version takes effect, where one is announced; for what lives under the policy of the day. */
  changesAt?: Instant | undefined;
}

/** Where a case is decided, under the policy version frozen for it. */
export const contextOf = async (policies: Policies, site: string, version: number): Promise<PolicyContext> => {
  const [{ timeZone }, { values }] = await Promise.all([policies.site(site), policies.version(site, version)]);
  return { zone: timeZone, version, policy: values };
};

/** Where a case begins: under the version in effect then. */
export const contextAt = async (policies: Policies, site: string, at: Instant): Promise<PolicyContext> => {
  const [{ timeZone }, timeline] = await Promise.all([policies.site(site), policies.since(site, at)]);
  return contextThen(timeline, at, timeZone);
};

/** The same by a timeline that reaches back to then. */
export const contextThen = (timeline: Timeline, at: Instant, zone: string): PolicyContext => {
  const next = timeline.findIndex(({ effective }, i) => i > 0 && effective > at);
  const { version, values } = timeline.at(next === -1 ? -1 : next - 1) as PolicyVersion;
  const changesAt = timeline[next]?.effective;
  return { zone, version, policy: values, ...(changesAt === undefined ? {} : { changesAt }) };
};
