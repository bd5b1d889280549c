import { eachSite } from '../../shared/lambda/each-site.ts';
import { log } from '../../shared/lambda/log.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import { addDays, atLocal, type Clock, type Day, type Instant, localDay } from '../../shared/time/clock.ts';
import { type Digests, isUnsent, type Waiting } from './digest-store.ts';
import type { Enqueue } from './queue.ts';
import type { MailKey } from './store.ts';

export interface DigestDeps {
  digests: Digests;
  policies: Policies;
  enqueue: Enqueue;
  clock: Clock;
}

/** A digest that couldn't be sent is tried again for so many days. */
const TRIED_DAYS = 3;

/**
 * In: nothing but the time, every hour. Out: from the policy's minute of a site's day on (08:00), what had arrived by
 * then is gathered into one email per director. Missed hours are caught up the same day; a day with nothing sends
 * nothing. One site's failure doesn't stop the others.
 */
export const digest =
  ({ clock, ...deps }: DigestDeps) =>
  async (): Promise<void> => {
    const now = clock();
    const job = { what: 'digests', failure: 'HY-MAI-6', clock } as const;
    await eachSite(sitesIn(deps.digests), job, (site) => digestOf(site, now, deps));
  };

async function* sitesIn(digests: Digests) {
  for await (const page of digests.sites()) yield page.map(({ sk }) => sk);
}

const digestOf = async (site: string, now: Instant, { digests, policies, enqueue }: Omit<DigestDeps, 'clock'>) => {
  // Mostly nothing: one query says so. A zone's day is at most one behind that of UTC.
  if (!(await digests.anyLeft(site, addDays(localDay(now, 'UTC'), -1 - TRIED_DAYS), now))) return;
  const [{ timeZone }, { values }] = await Promise.all([policies.site(site), policies.at(site, now)]);
  const today = localDay(now, timeZone);
  const until = atLocal(today, values.digestMinute, timeZone);
  if (now >= until) await gather(digests, site, today, until);
  const unsent: MailKey[] = [];
  for await (const page of digests.digests(site, addDays(today, -TRIED_DAYS), today)) {
    for (const { pk, sk, mail } of page) {
      if (mail === 'gathering') await digests.close({ pk, sk });
      if (isUnsent(mail)) unsent.push({ pk, sk });
    }
  }
  await enqueue(unsent);
  if (unsent.length > 0) log('HY-MAI-5', { site, digests: unsent.length });
};

const gather = async (digests: Digests, site: string, day: Day, until: Instant) => {
  for await (const page of digests.waiting(site, until)) {
    for (const [staff, rows] of Map.groupBy(page, (row: Waiting) => row.staff)) {
      await digests.gather(site, day, staff, rows);
    }
  }
};
