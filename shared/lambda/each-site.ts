import { inParallel } from '../aws/many.ts';
import { type Clock, MINUTE } from '../time/clock.ts';
import { errorName, failure, type LogCode } from './log.ts';
import { apart } from './run.ts';

/** How long an hourly job over all sites may run (ms): its function's timeout. */
export const JOB_MOST = 5 * MINUTE;
/** From then on (ms) no further site is begun: what is begun is brought to its end, and the next try goes on. */
const LAST_BEGUN = 4 * MINUTE;
/** Sites at once: 3,000 sites of thirty calls one after the other are done in about a minute and a half. */
const WIDTH = 20;

/**
 * An hourly job of each site, side by side. One site's failure stops no other. What could not be begun in time is left to the
 * function's next try, a minute later: a job finds what is done already.
 * @throws Error when a site failed or was left
 */
export const eachSite = async (
  pages: AsyncIterable<readonly string[]>,
  { what, failure: code, clock }: { what: string; failure: LogCode; clock: Clock },
  work: (site: string) => Promise<void>,
): Promise<void> => {
  const until = clock() + LAST_BEGUN;
  let [failed, left] = [0, 0];
  for await (const sites of pages) {
    await inParallel(sites, WIDTH, async (site) => {
      if (clock() >= until) {
        left += 1;
        return;
      }
      try {
        await apart(undefined, () => work(site));
      } catch (error) {
        failed += 1;
        failure(code, { site, error: errorName(error) });
      }
    });
    if (left > 0) break;
  }
  if (failed > 0) throw new Error(`${what} of ${failed} sites failed; the next hour tries again`);
  if (left > 0) throw new Error(`${what} of some sites were not come to; the next try goes on`);
};
