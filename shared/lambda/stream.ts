import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { EventItem } from '../journal/layout.ts';
import { behind } from './log.ts';
import { shell } from './shell.ts';

/** The parts of a DynamoDB stream record that are used. */
export interface StreamRecord {
  eventID?: string;
  dynamodb?: {
    SequenceNumber?: string;
    ApproximateCreationDateTime?: number;
    NewImage?: Record<string, AttributeValue>;
  };
}
export interface StreamBatch {
  Records: StreamRecord[];
}
/** The first record that was not dealt with: the stream goes on from there. */
export interface BatchAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}

/** Only new journal events pass from a table's stream to its two readers, the relay and the KPI aggregate. */
export const NEW_EVENTS = { eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix: 'e#' }] } } } };

export const eventOf = (record: StreamRecord): EventItem => unmarshall(record.dynamodb?.NewImage ?? {}) as EventItem;

export const failedFrom = (record: StreamRecord | undefined): BatchAnswer => ({
  batchItemFailures: record?.dynamodb?.SequenceNumber ? [{ itemIdentifier: record.dynamodb.SequenceNumber }] : [],
});

/** Causes of one batch that are named: a batch is of many, and a line of the log is short. */
const NAMED = 5;

const origin = ({ Records }: StreamBatch) => {
  const causes = [...new Set(Records.flatMap(({ dynamodb }) => dynamodb?.NewImage?.cause?.S ?? []))];
  return causes.length === 0 ? {} : { cause: causes.slice(0, NAMED).join(' ') };
};

/** The Lambda entry of what reads a table's stream. */
export const stream = (read: (batch: StreamBatch) => Promise<BatchAnswer>) =>
  shell(
    (batch: StreamBatch) => {
      const told = batch.Records.flatMap(({ dynamodb }) => dynamodb?.ApproximateCreationDateTime ?? []);
      if (told.length > 0) behind('stream', Math.min(...told) * 1000);
      return read(batch);
    },
    { origin },
  );
