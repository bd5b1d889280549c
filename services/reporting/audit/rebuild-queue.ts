import type { SQSClient } from '@aws-sdk/client-sqs';
import { enqueueTo } from '../../../shared/aws/queue.ts';
import { eachMessage, type QueueBatch } from '../../../shared/lambda/queue.ts';
import type { BatchAnswer } from '../../../shared/lambda/stream.ts';
import { message, type RebuildDeps, type Send, takeStep } from './rebuild.ts';

export const sendTo =
  (client: SQSClient, queue: string): Send =>
  async (step, delay = 0) =>
    enqueueTo(client, queue)([{ ...step, delay }]);

/** One step a message. What fails comes again, and after some times waits as a dead letter. */
export const rebuilder =
  (deps: RebuildDeps) =>
  (batch: QueueBatch): Promise<BatchAnswer> =>
    eachMessage(batch, { failed: 'HY-REB-3' }, ({ body, attributes }) =>
      takeStep(deps, message.parse(JSON.parse(body)), Number(attributes?.ApproximateReceiveCount)),
    );
