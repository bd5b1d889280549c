import { type CfnResource, Duration, Lazy, Stack } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { alarm, partOf } from './alarm.ts';

const ID = 'DeadLetters';

/** Where what could not be delivered waits, for 14 days, with one alarm. A message says for whom it was (docs/runbooks/dead-letters.md). */
export class DeadLetters extends Construct {
  readonly queue: Queue;
  private readonly sources: Record<string, string> = {};

  /** @param fifo for those of a FIFO queue, which must be one itself */
  constructor(scope: Construct, id: string, { alarms, fifo = false }: { alarms: ITopic; fifo?: boolean }) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      ...(fifo ? { fifo } : {}),
    });
    acknowledge(this.queue, 'AwsSolutions-SQS3', 'It is a dead-letter queue itself.');
    (this.queue.node.defaultChild as CfnResource).addMetadata('Sources', this.sources);
    const waiting = this.queue.metricApproximateNumberOfMessagesVisible({
      period: Duration.minutes(5),
      statistic: 'Maximum',
    });
    const says = 'Something was given up and waits for somebody: the message says what it was, and for whom.';
    // Known once everything of the stack has asked for the queue.
    const which = Lazy.string({ produce: () => `Of one of: ${Object.keys(this.sources).join(', ')}.` });
    alarm(this, 'Alarm', waiting, { says, heading: 'dead-letters', which, alarms });
  }

  /** The one of a stack. */
  static of(scope: Construct, alarms: ITopic): DeadLetters {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(ID) as DeadLetters | undefined) ?? new DeadLetters(stack, ID, { alarms });
  }

  /** Its queue, for what is sent there under a heading of the runbook. @param means what it means for people */
  for(heading: string, means: string): Queue {
    this.sources[`${partOf(this)}-${heading}`] = means;
    return this.queue;
  }
}
