import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { EventItem } from '../journal/layout.ts';

/** The parts of a DynamoDB stream record that are used. */
export interface StreamRecord {
  eventID?: string;
  dynamodb?: { SequenceNumber?: string; NewImage?: Record<string, AttributeValue> };
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
