import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { message, type RebuildDeps, type Send, takeStep } from './rebuild.ts';

export const sendTo =
  (client: SQSClient, queue: string): Send =>
  async (step, delaySeconds = 0) => {
    await client.send(
      new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify(step), DelaySeconds: delaySeconds }),
    );
  };

interface QueueBatch {
  Records: { body: string; attributes: { ApproximateReceiveCount: string } }[];
}

/** The Lambda entry: one step a message. What fails comes again, and after some times waits as a dead letter. */
export const rebuilder =
  (deps: RebuildDeps) =>
  async ({ Records }: QueueBatch): Promise<void> => {
    for (const { body, attributes } of Records) {
      await takeStep(deps, message.parse(JSON.parse(body)), Number(attributes.ApproximateReceiveCount));
    }
  };
