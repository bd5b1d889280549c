import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { TableModel } from '../../local/model.ts';
import { paddedSequence, type StreamRecord } from '../../local/triggers/stream-source.ts';
import type { Source } from '../../local/triggers/streams.ts';
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
import type { Item } from '../support/tables.ts';

export const TABLES = [
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
export const declaredName = ({ logicalId }: Pick<TableModel, 'logicalId'>): string =>
  logicalId.replace(/Table[0-9A-F]{8}$/, '').toLowerCase();

/** All that lies in a table. */
export const itemsOf = async (doc: DynamoDBDocumentClient, TableName: string): Promise<Item[]> => {
  const items: Item[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await doc.send(new ScanCommand({ TableName, ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}) }));
    items.push(...((page.Items ?? []) as Item[]));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
};

/** Only journal events are read of a stream (`NEW_EVENTS`): nothing else is made a record of. */
const isEvent = (item: Record<string, unknown> | undefined): boolean => String(item?.sk).startsWith('e#');

/** All tables in memory, with their streams. */
export const simulatedTables = (onWrite: (table: string) => void) => {
  const streams = new Map(TABLES.map(({ name }) => [name, { records: [] as StreamRecord[], sequence: 0, read: 0 }]));
  const doc = watchedTables(TABLES, (table, before, after) => {
    if (!after || before || !isEvent(after)) return;
    const stream = streams.get(table)!;
    const sequence = ++stream.sequence;
    const SequenceNumber = paddedSequence(sequence);
    stream.records.push({
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
    onWrite(table);
  });
  const sourceOf = (table: TableModel): Source => {
    const stream = streams.get(declaredName(table))!;
    return {
      open: async () => undefined,
      async read(now) {
        const records = stream.records.splice(0);
        for (const { dynamodb } of records) dynamodb.ApproximateCreationDateTime = Math.floor(now / 1000);
        return { records, more: false };
      },
      trim: () => 0,
    };
  };
  return { doc, sourceOf };
};
