import { gzipSync } from 'node:zlib';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { errorName, failure, log } from '../../shared/lambda/log.ts';
import type { QueueBatch } from '../../shared/lambda/queue.ts';
import type { BatchAnswer } from '../../shared/lambda/stream.ts';
import { objectsOf } from './objects.ts';

/** Writes an object. @throws when it may not have been written */
export type Put = (key: string, body: Uint8Array) => Promise<void>;

/**
 * In: a batch of events from the queue. Out: an object for each of their journals and dates. What could not be written
 * stays in the queue; written and then tried again, an event stands twice, which whoever reads tells by its id.
 */
export const exporter =
  ({ put }: { put: Put }) =>
  async ({ Records }: QueueBatch): Promise<BatchAnswer> => {
    const { objects, unreadable } = objectsOf(Records.map(({ messageId, body }) => ({ id: messageId, body })));
    const failed = [...unreadable];
    // One after the other: a batch is a few objects, and nobody waits.
    for (const { key, lines, messages } of objects) {
      try {
        await put(key, gzipSync(`${lines.join('\n')}\n`));
        log('HY-EXP-1', { key, events: lines.length });
      } catch (error) {
        failure('HY-EXP-2', { key, events: lines.length, error: errorName(error) });
        failed.push(...messages);
      }
    }
    if (unreadable.length > 0) failure('HY-EXP-3', { first: unreadable[0], messages: unreadable.length });
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

/** Writes to a bucket. The type is gzip itself, with no encoding named: nobody shall unpack it on the way. */
export const putTo =
  (client: S3Client, bucket: string): Put =>
  async (key, body) => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/gzip' }));
  };
