import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Aws } from '../aws/aws.ts';
import { untilTaken } from '../aws/retry.ts';
import { envelopeSchema, sourceOf } from '../domain/events.ts';
import { dateOf } from '../time/clock.ts';
import { failure } from './log.ts';
import { type BatchAnswer, eventOf, failedFrom, type StreamBatch, type StreamRecord, stream } from './stream.ts';

/** What PutEvents takes at most in one call, entries and their bytes together; so an event alone is no larger. */
const ENTRIES = 10;
const BYTES = 262_144;

/**
 * In: a table's new journal events, in order. Out: the same on the bus. Called by the table's stream; the only thing
 * that ever publishes. A crash or a refused entry repeats from there on, so an event may be published twice, never lost.
 */
export const relay =
  (bus: string, client: EventBridgeClient) =>
  async (batch: StreamBatch): Promise<BatchAnswer> => {
    const all = batch.Records.map((record) => ({ record, entry: entryOf(bus, record) }));
    for (const call of packed(all)) {
      const failed = call.some(isTooLarge) ? call[0] : await published(client, call);
      if (failed) {
        failure(isTooLarge(failed) ? 'HY-REL-2' : 'HY-REL-1', { event: failed.record.eventID });
        return failedFrom(failed.record);
      }
    }
    return failedFrom(undefined);
  };

interface Entry {
  record: StreamRecord;
  entry: PutEventsRequestEntry;
}

/** As the bus counts them: 14 for the time, and the text of the rest. */
const bytesOf = ({ entry: { Source = '', DetailType = '', Detail = '' } }: Entry): number =>
  14 + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
const isTooLarge = (one: Entry): boolean => bytesOf(one) > BYTES;

/** In their order, as many in a call as it takes; one that is too large for any call is alone. */
const packed = (all: readonly Entry[]): Entry[][] => {
  const calls: Entry[][] = [];
  let room = 0;
  for (const one of all) {
    const bytes = bytesOf(one);
    const last = calls.at(-1);
    if (last && last.length < ENTRIES && bytes <= room) last.push(one);
    else {
      calls.push([one]);
      room = BYTES;
    }
    room -= bytes;
  }
  return calls;
};

/** Puts entries on the bus, those it didn't take again. @returns the first that it never took */
const published = async (client: EventBridgeClient, call: readonly Entry[]): Promise<Entry | undefined> => {
  const [never] = await untilTaken(call, async (open) => {
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: open.map(({ entry }) => entry) }));
    return open.filter((_, i) => Entries[i]?.ErrorCode !== undefined);
  });
  return never;
};

const entryOf = (bus: string, record: StreamRecord): PutEventsRequestEntry => {
  const event = envelopeSchema.parse(eventOf(record));
  return {
    EventBusName: bus,
    Source: sourceOf(event.name),
    DetailType: event.name,
    Detail: JSON.stringify(event),
    Time: dateOf(event.at),
  };
};

export const entry = (aws: Aws) =>
  stream(
    relay(
      aws.required('BUS_NAME'),
      aws.client(EventBridgeClient, () => new EventBridgeClient({})),
    ),
  );
