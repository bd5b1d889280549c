import { ordered } from '../journal/ordered.ts';
import type { Instant } from '../time/clock.ts';

/** A site as the registry publishes it for other services. */
export interface SiteFacts {
  site: string;
  name: string;
  timeZone: string;
  departments: { id: string; name: string }[];
  /** The newest version of its policy, announced ones included; absent of one that was published before this was. */
  policy?: number | undefined;
  /** When it was entered; absent of one that was there before this was published. */
  since?: Instant | undefined;
  /** Where the desk is found: stands on every notice and page. */
  desk?: { complaintPhone?: string | undefined; address?: string | undefined } | undefined;
  /** A line for each way to pay. */
  howToPay?: string[] | undefined;
  /** How it writes its places; see `writePlace`. */
  placeFormat?: string | undefined;
}

/** Under which the group's own policy, every site's floor, stands beside the sites'. */
export const GROUP_POLICY = '*';
/** All in one partition: few, read by every function once a minute, and listed where the whole group is gone through. */
export const siteKey = (site: string) => ({ pk: 'sites', sk: site });
export const policyKey = (site: string, version: number) => ({
  pk: `policy#${site}`,
  sk: `v#${ordered(version)}`,
});
