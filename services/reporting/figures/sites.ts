import * as z from 'zod';
import { forbidden } from '../../../shared/domain/refusal.ts';
import { siteParam } from '../../../shared/http/schemas.ts';
import type { Person } from '../../../shared/people/access.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import type { SiteFacts } from '../../../shared/policy/policy.ts';

/** Sites named in one question, at most. */
const NAMED = 100;
/** Sites read in one page of their list. */
const PAGE = 1_000;

/** Some of the sites that the caller may see; all of them where none is named. */
export const sitesIn = z
  .string()
  .max(NAMED * 61)
  .transform((text) => [...new Set(text.split(','))])
  .pipe(z.array(siteParam).max(NAMED))
  .optional()
  .meta({ description: `At most ${NAMED} sites, with commas between them; all that you may see where absent` });

/** All sites of the group, by id. */
export const everySite = async (policies: Policies): Promise<SiteFacts[]> => {
  const sites: SiteFacts[] = [];
  for (let page = await policies.list(PAGE); ; page = await policies.list(PAGE, sites.at(-1)?.site)) {
    sites.push(...page.items);
    if (!page.more) return sites;
  }
};

/**
 * The sites a question is about, by id: those named, or all at which the caller holds a position.
 * @throws Refusal naming the site that the caller holds no position at, or that there isn't
 */
export const sitesFor = async (
  { grants }: Person,
  named: readonly string[] | undefined,
  policies: Policies,
): Promise<SiteFacts[]> => {
  const seen = new Set(grants.map(({ site }) => site));
  const hidden = seen.has('*') ? undefined : named?.find((site) => !seen.has(site));
  if (hidden !== undefined) {
    const fault = { field: 'query.sites', rule: 'field.site-of-yours' as const, details: { site: hidden } };
    throw forbidden(['may.staff-here'], { site: hidden }, [fault]);
  }
  if (named === undefined && seen.has('*')) return everySite(policies);
  return Promise.all([...(named ?? seen)].sort().map((site) => policies.site(site)));
};
