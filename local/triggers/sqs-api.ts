import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { Message, MessageAttribute, Outgoing, Queue } from './queues.ts';

type Body = Record<string, unknown>;

interface Entry extends Body {
  Id: string;
}

/**
 * The SQS actions (JSON protocol) on the local queues. Receiving answers at once: a long poll would have to wait on wall
 * time while the clock stands still.
 */
export function createSqsApi(queues: Queue[]): (action: string, body: Body) => unknown {
  function queueByArn(arn: string): Queue {
    return found(
      queues.find((queue) => queue.model.arn === arn),
      arn,
    );
  }

  function queueOf(body: Body): Queue {
    const name = String(body.QueueUrl ?? body.QueueName)
      .split('/')
      .at(-1)!;
    return found(
      queues.find((queue) => queue.model.name === name),
      name,
    );
  }

  function batch(body: Body, each: (entry: Entry, queue: Queue) => Body): unknown {
    const answer = { Successful: [] as Body[], Failed: [] as Body[] };
    for (const entry of body.Entries as Entry[]) {
      try {
        answer.Successful.push({ Id: entry.Id, ...each(entry, queueOf(body)) });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        answer.Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
      }
    }
    return answer;
  }

  const actions: Record<string, (body: Body) => unknown> = {
    SendMessage: (body) => sent(queueOf(body).send(outgoing(body))),
    SendMessageBatch: (body) => batch(body, (entry, queue) => sent(queue.send(outgoing(entry)))),
    ReceiveMessage(body) {
      const visibility = body.VisibilityTimeout === undefined ? undefined : Number(body.VisibilityTimeout) * 1000;
      const received = queueOf(body).receive(Number(body.MaxNumberOfMessages ?? 1), visibility);
      return received.length === 0 ? {} : { Messages: received.map(presented) };
    },
    DeleteMessage: (body) => done(queueOf(body).remove(String(body.ReceiptHandle))),
    DeleteMessageBatch: (body) => batch(body, (entry, queue) => done(queue.remove(String(entry.ReceiptHandle)))),
    ChangeMessageVisibility: (body) => done(hide(queueOf(body), body)),
    ChangeMessageVisibilityBatch: (body) => batch(body, (entry, queue) => done(hide(queue, entry))),
    PurgeQueue: (body) => done(queueOf(body).purge()),
    GetQueueUrl: (body) => ({ QueueUrl: queueOf(body).model.url }),
    ListQueues: () => ({ QueueUrls: queues.map((queue) => queue.model.url) }),
    GetQueueAttributes: (body) => ({ Attributes: attributesOf(queueOf(body)) }),
    StartMessageMoveTask(body) {
      queueByArn(String(body.SourceArn)).moveBack(queueByArn);
      return { TaskHandle: Buffer.from(String(body.SourceArn)).toString('base64') };
    },
  };

  return (action, body) => {
    const perform = actions[action];
    if (!perform) throw new AwsError('UnsupportedOperation', `The local cloud does not know sqs:${action}`);
    return perform(body);
  };
}

/** The empty answer of an action that is only its effect. */
function done(_effect: unknown): Body {
  return {};
}

function found(queue: Queue | undefined, name: string): Queue {
  if (queue) return queue;
  throw new AwsError('QueueDoesNotExist', `The specified queue does not exist: ${name}`);
}

function hide(queue: Queue, body: Body): void {
  queue.changeVisibility(String(body.ReceiptHandle), Number(body.VisibilityTimeout) * 1000);
}

function outgoing(body: Body): Outgoing {
  return {
    body: String(body.MessageBody),
    attributes: (body.MessageAttributes as Record<string, MessageAttribute> | undefined) ?? {},
    ...(body.MessageGroupId === undefined ? {} : { groupId: String(body.MessageGroupId) }),
    ...(body.MessageDeduplicationId === undefined ? {} : { dedupId: String(body.MessageDeduplicationId) }),
    ...(body.DelaySeconds === undefined ? {} : { delay: Number(body.DelaySeconds) * 1000 }),
  };
}

function sent(message: Message): Body {
  return { MessageId: message.id, MD5OfMessageBody: md5(message.body) };
}

function presented(message: Message): Body {
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    MD5OfBody: md5(message.body),
    Body: message.body,
    Attributes: systemAttributes(message),
    MessageAttributes: message.attributes,
  };
}

/** What SQS itself knows of a message, as strings. */
export function systemAttributes(message: Message): Record<string, string> {
  return {
    ApproximateReceiveCount: String(message.receives),
    SentTimestamp: String(message.sentAt),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    ...(message.groupId === undefined ? {} : { MessageGroupId: message.groupId }),
    ...(message.dedupId === undefined ? {} : { MessageDeduplicationId: message.dedupId }),
    ...(message.origin === undefined ? {} : { DeadLetterQueueSourceArn: message.origin }),
  };
}

function attributesOf(queue: Queue): Record<string, string> {
  const messages = queue.messages();
  const inFlight = messages.filter((message) => message.receipt !== undefined && message.visibleAt > message.sentAt);
  return {
    QueueArn: queue.model.arn,
    ApproximateNumberOfMessages: String(messages.length - inFlight.length),
    ApproximateNumberOfMessagesNotVisible: String(inFlight.length),
    VisibilityTimeout: String(queue.model.visibility / 1000),
    MessageRetentionPeriod: String(queue.model.retention / 1000),
  };
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
