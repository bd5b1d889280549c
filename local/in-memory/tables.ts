import { marshall } from '@aws-sdk/util-dynamodb';
import { billingTable } from '../../services/billing/store.ts';
import { callbacksTable } from '../../services/callbacks/store.ts';
import { complaintsTable } from '../../services/complaints/store.ts';
import { inboxTable } from '../../services/inbox/store.ts';
import { contactsTable } from '../../services/intake/store.ts';
import { registryTable } from '../../services/registry/store.ts';
import { alertsTable } from '../../services/reporting/alerts/store.ts';
import { reportingTable } from '../../services/reporting/figures/store.ts';
import { monthsTable } from '../../services/reporting/months/store.ts';
import { reportsTable } from '../../services/reporting/reports/store.ts';
import { rightsTable } from '../../services/rights/store.ts';
import { personalTable } from '../../shared/aws/table.ts';
import { watchedTables } from '../../shared/testing/memory-tables.ts';
import type { Deployment, TableModel } from '../model.ts';
import { paddedSequence, type StreamRecord } from '../triggers/stream-source.ts';
import type { Source } from '../triggers/streams.ts';
import { lagging, latestWrites } from './lag.ts';
import { writtenUnits } from './units.ts';

const TABLES = [
  billingTable,
  callbacksTable,
  complaintsTable,
  inboxTable,
  contactsTable,
  registryTable,
  alertsTable,
  reportingTable,
  monthsTable,
  reportsTable,
  rightsTable,
  personalTable,
];

/** As the template names them: `HuiyinComplaints-ComplaintsTable…` is `complaints`. */
const declaredName = ({ logicalId }: Pick<TableModel, 'logicalId'>): string =>
  logicalId.replace(/Table[0-9A-F]{8}$/, '').toLowerCase();

/** Only journal events are read of a stream (`NEW_EVENTS`): nothing else is made a record of. */
const isEvent = (item: Record<string, unknown> | undefined): boolean => String(item?.sk).startsWith('e#');

interface Heard {
  by(table: string): void;
  wrote?: (units: number) => void;
  /** The clock, where indexes may lag: the latest writes are kept then. */
  now?: () => number;
}

/** All tables of a deployment in memory, named as it names them, with their streams. */
export const tablesInMemory = (deployment: Deployment) => {
  let written = 0;
  /** Told of a table whose stream holds something new, and, for who prices, of write units. */
  const heard: Heard = { by: () => undefined };
  const models = new Map(deployment.tables.map((model) => [declaredName(model), model]));
  const defs = TABLES.map((def) => ({ ...def, name: models.get(def.name)!.name }));
  const byName = new Map(defs.map((def) => [def.name, def]));
  const streams = new Map(defs.map(({ name }) => [name, [] as StreamRecord[]]));
  const latest = latestWrites(defs);
  const { doc, copy, asItWas } = watchedTables(defs, (table, before, after, inTransaction) => {
    if (heard.now) latest.wrote(table, heard.now(), before, after);
    heard.wrote?.(writtenUnits(byName.get(table)!, before, after, inTransaction));
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
    heard.by(table);
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
  return { doc, copy, indexes, sourceOf, heard };
};
