import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, type QueueAttributeName, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Cloud } from '../cloud-api.ts';
import type { Deployment } from '../model.ts';

/** What journeys do to a cloud, whichever it is. */
export type AnyCloud = Pick<
  Cloud,
  | 'deployment'
  | 'apiUrl'
  | 'fetch'
  | 'clock'
  | 'faults'
  | 'denials'
  | 'invoke'
  | 'kill'
  | 'stopExecutions'
  | 'executions'
  | 'redeliver'
  | 'mail'
  | 'mailOutcome'
  | 'objectsIn'
  | 'deadLetters'
  | 'dropped'
  | 'logs'
  | 'token'
  | 'stop'
> & {
  /** Its tables, under their deployed names. */
  doc: DynamoDBDocumentClient;
  /** Messages in a queue, those somebody is at included; by the begin of its logical id. */
  waiting(queue: string): Promise<number>;
};

const COUNTS = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

export const waitingIn = async (
  { queues }: Deployment,
  queue: string,
  ask: (asked: { QueueUrl: string; AttributeNames: QueueAttributeName[] }) => Promise<unknown>,
): Promise<number> => {
  const found = queues.find(({ logicalId }) => logicalId.startsWith(queue));
  if (!found) throw new Error(`there is no queue ${queue}`);
  const { Attributes } = (await ask({ QueueUrl: found.url, AttributeNames: [...COUNTS] })) as {
    Attributes: Record<string, string>;
  };
  return COUNTS.reduce((sum, name) => sum + Number(Attributes[name]), 0);
};

/** The local cloud, as journeys have it. */
export type LocalCloud = Cloud & AnyCloud;

export const localCloud = (cloud: Cloud): LocalCloud => {
  const client = new DynamoDBClient(cloud.tool);
  const sqs = new SQSClient(cloud.tool);
  const stop = async () => {
    client.destroy();
    sqs.destroy();
    await cloud.stop();
  };
  const waiting = (queue: string) =>
    waitingIn(cloud.deployment, queue, (asked) => sqs.send(new GetQueueAttributesCommand(asked)));
  return { ...cloud, doc: DynamoDBDocumentClient.from(client), waiting, stop };
};
