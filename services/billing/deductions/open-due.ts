import { eachSite } from '../../../shared/lambda/each-site.ts';
import { log } from '../../../shared/lambda/log.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { addDays, type Clock, type Instant, localDay } from '../../../shared/time/clock.ts';
import { lastCutOff } from './cut-off.ts';
import type { Opening } from './open-store.ts';

/** A cut-off that nobody could open a batch for is caught up for so many days; later it is left to a person. */
const CAUGHT_UP_DAYS = 3;
/** Sites read in one page of their list. */
const SITES = 1_000;

export interface OpenDueDeps {
  policies: Policies;
  clock: Clock;
  open(opening: Opening): Promise<unknown[]>;
}

const openAt = async (site: string, now: Instant, { policies, open }: OpenDueDeps) => {
  const context = await contextAt(policies, site, now);
  const day = lastCutOff(now, context);
  if (localDay(now, context.zone) > addDays(day, CAUGHT_UP_DAYS)) return;
  const batches = await open({ site, day, now, by: 'system:clock', context });
  log('HY-DED-1', { site, batches: batches.length });
};

/**
 * In: nothing but the time, every hour. Out: once a site's cut-off is over (24:00 of the policy's day), its batch is
 * opened, unless somebody did. One site's failure doesn't stop the others.
 */
export const openDue = (deps: OpenDueDeps) => async (): Promise<void> => {
  const { clock, policies } = deps;
  const now = clock();
  const job = { what: 'deduction batches', failure: 'HY-DED-2', clock } as const;
  await eachSite(sitesIn(policies), job, (site) => openAt(site, now, deps));
};

async function* sitesIn(policies: Policies) {
  let after: string | undefined;
  do {
    const page = await policies.list(SITES, after);
    yield page.items.map(({ site }) => site);
    after = page.more ? page.items.at(-1)?.site : undefined;
  } while (after !== undefined);
}
