import { execute } from '../../shared/journal/execute.ts';
import { log } from '../../shared/lambda/log.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import { contextAt, type PolicyContext } from '../../shared/policy/policy-context.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { replay } from './erasure.ts';
import type { ErasedList, Erasures } from './store.ts';

const SITES = 100;
const PAGE = 100;

/**
 * Plays the list of what was erased over tables that were restored to an earlier moment: the texts at once, then each
 * erasure through every service. Called by hand before anybody may read (docs/runbooks/restore.md); called again it does
 * the same again.
 */
export const replayer =
  ({
    erasures,
    erased,
    policies,
    personal,
    clock,
  }: {
    erasures: Erasures;
    erased: ErasedList;
    policies: Policies;
    /** The table of personal texts. */
    personal: string;
    clock: Clock;
  }) =>
  async (): Promise<{ texts: number; erasures: string[] }> => {
    const texts = await erased.play(personal);
    const again: string[] = [];
    let after: string | undefined;
    for (let more = true; more; ) {
      const page = await policies.list(SITES, after);
      for (const { site } of page.items)
        again.push(...(await ofSite(erasures, site, clock, await contextAt(policies, site, clock()))));
      after = page.items.at(-1)?.site;
      more = page.more;
    }
    log('HY-RGT-1', { texts, erasures: again.length });
    return { texts, erasures: again };
  };

const ofSite = async (erasures: Erasures, site: string, clock: Clock, context: PolicyContext): Promise<string[]> => {
  const again: string[] = [];
  for (const finished of [false, true]) {
    let before: string | undefined;
    do {
      const page = await erasures.walk(site, finished, PAGE, before);
      for (const { id } of page.items) {
        const { events } = await execute(erasures, {
          site,
          id,
          now: clock(),
          by: 'system:restore',
          decide: (state) => (state ? replay(state, clock(), context) : []),
        });
        if (events.length > 0) again.push(id);
      }
      before = page.next;
    } while (before !== undefined);
  }
  return again;
};
