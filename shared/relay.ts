import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { dateOf } from './clock.ts';
import { required } from './environment.ts';
import { envelopeSchema, sourceOf } from './events.ts';
import { log } from './log.ts';
import { type BatchAnswer, eventOf, failedFrom, type StreamBatch, type StreamRecord } from './stream.ts';

/** What PutEvents takes at most in one call. */
const ENTRIES = 10;

/**
 * In: a table's new journal events, in order. Out: the same on the bus. Called by the table's stream; the only thing
 * that ever publishes. A crash or a refused entry repeats from there on, so an event may be published twice, never lost.
 */
export const relay =
  (bus: string, client: EventBridgeClient) =>
  async (batch: StreamBatch): Promise<BatchAnswer> => {
    for (let i = 0; i < batch.Records.length; i += ENTRIES) {
      const records = batch.Records.slice(i, i + ENTRIES);
      const { Entries = [] } = await client.send(
        new PutEventsCommand({ Entries: records.map((record) => entry(bus, record)) }),
      );
      const failed = Entries.findIndex((result) => result.ErrorCode !== undefined);
      if (failed !== -1) {
        log('HY-REL-1', { failed: records.length - failed });
        return failedFrom(records[failed]);
      }
    }
    return failedFrom(undefined);
  };

const entry = (bus: string, record: StreamRecord) => {
  const event = envelopeSchema.parse(eventOf(record));
  return {
    EventBusName: bus,
    Source: sourceOf(event.name),
    DetailType: event.name,
    Detail: JSON.stringify(event),
    Time: dateOf(event.at),
  };
};

export const handler = (batch: StreamBatch): Promise<BatchAnswer> => run(batch);
const run = relay(required('BUS_NAME'), new EventBridgeClient({}));
