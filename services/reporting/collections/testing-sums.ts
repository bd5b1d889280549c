import type { Recorded } from '../../../shared/domain/events.ts';
import { memoryTables } from '../../../shared/memory-tables/tables.ts';
import type { AccountEvent } from '../../billing/events.ts';
import type { Seen } from '../figures/measures/measure.ts';
import { reportingTable } from '../figures/store.ts';
import { SITE, ZONE } from '../testing/site.ts';
import { post } from './count.ts';
import { collectionIn } from './store.ts';

/** The sums after events came in some order, batch by batch; a journal has what was told of it, and what came before. */
export const summed = async (batches: readonly (readonly Seen[])[], journals: readonly Seen[][]) => {
  const collection = collectionIn({ doc: memoryTables(reportingTable), own: reportingTable.name });
  const written = new Map<string, number>();
  const ledgers = async (_: string, id: string, after = 0) =>
    (journals.find((events) => events[0]?.aggregate === id) ?? []).filter(
      ({ version }) => version > after && version <= (written.get(id) ?? 0),
    ) as Recorded<AccountEvent>[];
  for (const batch of batches) {
    for (const { aggregate, version } of batch)
      written.set(aggregate, Math.max(version, written.get(aggregate) ?? version));
    const byAccount = Map.groupBy(batch as Recorded<AccountEvent>[], ({ aggregate }) => aggregate);
    await post({ collection, ledgers }, SITE, byAccount, ZONE);
  }
  const cells = async (level: 't' | 'i' | 'b') =>
    Promise.all([collection.cells(SITE, 'entered', level), collection.cells(SITE, 'period', level)]);
  const [total, items, buildings] = await Promise.all([cells('t'), cells('i'), cells('b')]);
  const due = { total: await collection.cells(SITE, 'due', 't'), buildings: await collection.cells(SITE, 'due', 'b') };
  return { total, items, buildings, due };
};
export type Sums = Awaited<ReturnType<typeof summed>>;
