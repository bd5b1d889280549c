import { DeleteCommand, PutCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineTable } from '../../shared/aws/table.ts';
import { watchedTables } from '../../shared/memory-tables/tables.ts';
import { lagging, latestWrites, type Recent } from './lag.ts';

const def = defineTable({ name: 'cases', journal: true });
const SECOND = 1000;

const write = fc.record({
  at: fc.integer({ min: 0, max: 1 }),
  sk: fc.constantFrom('a', 'b', 'c'),
  due: fc.constantFrom('x', 'y', undefined),
  wakeAt: fc.integer({ min: 1, max: 3 }),
  isGone: fc.boolean(),
});

/** Tables whose writes are remembered, one second or none after the other. */
const watched = () => {
  const latest = latestWrites([def]);
  let now = 0;
  const { doc, asItWas, copy } = watchedTables([def], (table, before, after) =>
    latest.wrote(table, now, before, after),
  );
  const writes = async ({ at, sk, due, wakeAt, isGone }: ReturnType<typeof write.generate>['value']) => {
    now += at * SECOND;
    const key = { pk: 'p', sk };
    const Item = { ...key, wakeAt, ...(due ? { due } : {}) };
    const place = { TableName: 'cases' };
    if (isGone) await doc.send(new DeleteCommand({ ...place, Key: key }));
    else await doc.send(new PutCommand({ ...place, Item }));
  };
  return { doc, copy, latest, writes, show: lagging({ asItWas }), now: () => now };
};
const dueAt = (due: string): QueryCommandInput => ({
  TableName: 'cases',
  IndexName: 'due',
  KeyConditionExpression: '#due = :due',
  ExpressionAttributeNames: { '#due': 'due' },
  ExpressionAttributeValues: { ':due': due },
});

describe('an index that lags', () => {
  it('shows what it showed before the writes that it misses', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(write, { maxLength: 12 }), fc.array(write, { maxLength: 12 }), async (some, more) => {
        const { doc, copy, latest, writes, show, now } = watched();
        for (const one of some) await writes(one);
        const then = await copy('cases');
        const since = now() + SECOND;
        await writes({ at: 1, sk: 'a', due: 'x', wakeAt: 2, isGone: false });
        for (const one of more) await writes(one);
        for (const due of ['x', 'y']) {
          const asked = dueAt(due);
          const was = await doc.send(new QueryCommand({ ...asked, TableName: then.name }));
          const { Items } = (await show(asked, latest.since(asked, since))) as { Items: unknown[] };
          expect(Items).toEqual(was.Items);
        }
      }),
    );
  });

  it('follows what was written longer ago, and a table itself never lags', async () => {
    const { latest, writes, now } = watched();
    for (let n = 0; n < 1000; n++) await writes({ at: 1, sk: 'a', due: 'x', wakeAt: n + 1, isGone: false });
    const times = (list: readonly Recent[]) => list.map(({ at }) => at);
    expect(times(latest.since(dueAt('x'), now() - 2 * SECOND))).toEqual([now() - 2 * SECOND, now() - SECOND, now()]);
    expect(latest.since(dueAt('x'), 0).length).toBeLessThan(400);
    expect(latest.since({ TableName: 'cases' }, 0)).toEqual([]);
  });
});
