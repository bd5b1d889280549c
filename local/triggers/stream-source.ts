import type { AwsError } from '../aws-error.ts';
import type { Engine } from '../engine/index.ts';

/** A stream record as Lambda shows it, with the engine's sequence number as a number (it counts up without padding). */
export interface StreamRecord {
  sequence: number;
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  dynamodb: {
    Keys: Record<string, unknown>;
    NewImage?: Record<string, unknown>;
    OldImage?: Record<string, unknown>;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: string;
    ApproximateCreationDateTime: number;
  };
}

/** What GetRecords gives at most; an answer that comes near either may have left some. Source: its API reference. */
const MOST_RECORDS = 1000;
const MOST_BYTES = 1024 * 1024;

/** Reads one table's stream in order. The engine has one shard per stream and never closes it. */
export class StreamSource {
  readonly #engine: Engine;
  readonly #table: string;
  #iterator: string | undefined;

  constructor(engine: Engine, table: string) {
    this.#engine = engine;
    this.#table = table;
  }

  /** Places the reader behind `after`, or at the oldest record. */
  async open(after: number | undefined): Promise<void> {
    const StreamArn = this.#engine.streamArns.get(this.#table);
    const { StreamDescription } = await this.#call<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
      'DescribeStream',
      { StreamArn },
    );
    const ShardId = StreamDescription.Shards[0]!.ShardId;
    const from = (place: Record<string, string>) =>
      this.#call<{ ShardIterator: string }>('GetShardIterator', { StreamArn, ShardId, ...place });
    const oldest = { ShardIteratorType: 'TRIM_HORIZON' };
    const behind = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: String(after) };
    const answer = await (after === undefined
      ? from(oldest)
      : from(behind).catch((error: AwsError) => {
          // What was read last has been trimmed since; the oldest that is left comes after it.
          if (error.code === 'TrimmedDataAccessException') return from(oldest);
          throw error;
        }));
    this.#iterator = answer.ShardIterator;
  }

  /** The next records, and whether there may be more by now; `now` (ms) stands for when they were written. */
  async read(now: number): Promise<{ records: StreamRecord[]; more: boolean }> {
    const answer = await this.#call<{ Records: StreamRecord[]; NextShardIterator: string }>('GetRecords', {
      ShardIterator: this.#iterator,
      Limit: MOST_RECORDS,
    });
    this.#iterator = answer.NextShardIterator;
    const bytes = answer.Records.reduce((sum, { dynamodb }) => sum + (dynamodb.SizeBytes ?? 0), 0);
    return {
      records: answer.Records.filter(changed).map((record) => normalized(record, now)),
      more: answer.Records.length === MOST_RECORDS || bytes > MOST_BYTES / 2,
    };
  }

  trim(upTo: string): number {
    return this.#engine.trimStream(this.#table, upTo);
  }

  #call<T>(action: string, body: object): Promise<T> {
    return this.#engine.call<T>(action, body, 'DynamoDBStreams');
  }
}

/** AWS writes no record when a put changes nothing; the engine does. */
function changed({ eventName, dynamodb }: StreamRecord): boolean {
  if (eventName !== 'MODIFY' || !dynamodb.NewImage || !dynamodb.OldImage) return true;
  return canonical(dynamodb.NewImage) !== canonical(dynamodb.OldImage);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Sequence numbers as long as AWS's, so that code which compares them as text is right here, too. */
function normalized(record: StreamRecord, now: number): StreamRecord {
  const sequence = Number(record.dynamodb.SequenceNumber);
  return {
    ...record,
    sequence,
    dynamodb: {
      ...record.dynamodb,
      SequenceNumber: paddedSequence(sequence),
      ApproximateCreationDateTime: Math.floor(now / 1000),
    },
  };
}

export function paddedSequence(sequence: number): string {
  return String(sequence).padStart(21, '0');
}
