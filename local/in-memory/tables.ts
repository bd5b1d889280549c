import { marshall } from '@aws-sdk/util-dynamodb';
import type { TableDef } from '../../shared/aws/table.ts';
import { watchedTables } from '../../shared/memory-tables/tables.ts';
import type { Deployment, TableModel } from '../model.ts';
import { paddedSequence, type StreamRecord } from '../triggers/stream-source.ts';
import type { Source } from '../triggers/streams.ts';
import { lagging, latestWrites } from './lag.ts';
import { writtenUnits } from './request-units.ts';

/** A table of the template, as it was declared but for its name. @throws Error for an index that copies everything */
export const defOf = ({ name, attributes, indexes, stream }: TableModel): TableDef => ({
  name,
  stream: stream !== undefined,
  indexes: indexes.map(({ name: index, key: { hash, range }, projection, include }) => {
    if (projection === 'ALL') throw new Error(`${index} of ${name} copies everything: not known in memory`);
    return {
      ...{ name: index, hash },
      ...(range === undefined ? {} : { range: { name: range, type: attributes[range] as 'S' | 'N' } }),
      ...(include ? { include } : {}),
    };
  }),
});

/** Only journal events are read of a stream (`NEW_EVENTS`): nothing else is made a record of. */
const isEvent = (item: Record<string, unknown> | undefined): boolean => String(item?.sk).startsWith('e#');

interface TableHooks {
  /** A table whose stream holds something new. */
  streamed(table: string): void;
  /** Write units of what was written, where that is priced. */
  wrote?: (units: number) => void;
  /** The clock, where indexes may lag: the latest writes are kept then. */
  now?: () => number;
}

/** All tables of a deployment in memory, named as it names them, with their streams. */
export const tablesInMemory = (deployment: Deployment) => {
  let written = 0;
  const hooks: TableHooks = { streamed: () => undefined };
  const defs = deployment.tables.map(defOf);
  const byName = new Map(defs.map((def) => [def.name, def]));
  const streams = new Map(defs.map(({ name }) => [name, [] as StreamRecord[]]));
  const latest = latestWrites(defs);
  const { doc, copy, asItWas } = watchedTables(defs, (table, before, after, inTransaction) => {
    if (hooks.now) latest.wrote(table, hooks.now(), before, after);
    hooks.wrote?.(writtenUnits(byName.get(table)!, before, after, inTransaction));
    if (!after || before || !isEvent(after)) return;
    const sequence = ++written;
    const SequenceNumber = paddedSequence(sequence);
    streams.get(table)!.push({
      sequence,
      eventID: `${table}-${sequence}`,
      eventName: 'INSERT',
      dynamodb: {
        Keys: { pk: { S: after.pk }, sk: { S: after.sk } },
        NewImage: marshall(after),
        SequenceNumber,
        SizeBytes: 0,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
        ApproximateCreationDateTime: 0,
      },
    });
    hooks.streamed(table);
  });
  const sourceOf = ({ name }: TableModel): Source => {
    const stream = streams.get(name)!;
    let read = 0;
    return {
      async open(after = 0) {
        const next = stream.findIndex(({ sequence }) => sequence > after);
        read = next === -1 ? stream.length : next;
      },
      async read(now) {
        const records = stream.slice(read);
        read = stream.length;
        for (const { dynamodb } of records) dynamodb.ApproximateCreationDateTime = Math.floor(now / 1000);
        return { records, more: false };
      },
      trim(upTo) {
        const kept = stream.findIndex(({ sequence }) => sequence > Number(upTo));
        const { length } = stream.splice(0, kept === -1 ? stream.length : kept);
        read -= length;
        return length;
      },
    };
  };
  const indexes = { since: latest.since, lagging: lagging({ asItWas }) };
  return { doc, copy, indexes, sourceOf, hooks };
};
