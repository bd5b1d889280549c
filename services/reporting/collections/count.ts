import { inParallel } from '../../../shared/aws/many.ts';
import type { Recorded } from '../../../shared/domain/events.ts';
import { untilWritten } from '../../../shared/journal/again.ts';
import type { AccountEvent } from '../../billing/events.ts';
import type { Ledgers } from '../figures/contract-store.ts';
import { packedPostings, stepsOf } from './post.ts';
import type { Collection } from './store.ts';

/** Journals read side by side. */
const WIDTH = 8;

type Event = Recorded<AccountEvent>;
export interface PostingDeps {
  collection: Collection;
  ledgers: Ledgers;
}

/** What of an account's events isn't posted yet, in order; where one before them is missing, the journal itself says. */
const unposted = async (ledgers: Ledgers, site: string, account: string, events: readonly Event[], version: number) => {
  const byVersion = new Map(events.filter((event) => event.version > version).map((event) => [event.version, event]));
  const fresh = [...byVersion.values()].sort((a, b) => a.version - b.version);
  const whole = fresh.every((event, i) => event.version === version + 1 + i);
  return whole ? fresh : ledgers(site, account, version);
};

/**
 * Posts accounts' events into the sums of their site, each line once: an account's row says how far it is posted, and
 * moves with the cells in one transaction. Whatever comes twice, late or in disorder changes nothing.
 * @param byAccount events of a site; an account with none is brought up to its journal
 */
export const post = async (
  { collection, ledgers }: PostingDeps,
  site: string,
  byAccount: ReadonlyMap<string, readonly Event[]>,
  zone: string,
): Promise<void> => {
  await untilWritten(async () => {
    const rows = await collection.posted(site, [...byAccount.keys()]);
    const steps = await inParallel([...byAccount], WIDTH, async ([account, events]) => {
      const row = rows.get(account);
      const version = row?.version ?? 0;
      const fresh =
        events.length === 0
          ? await ledgers(site, account, version)
          : await unposted(ledgers, site, account, events, version);
      return stepsOf(account, row, fresh, zone);
    });
    for (const posting of packedPostings(steps.flat())) await collection.commit(site, posting);
    return steps;
  });
};
