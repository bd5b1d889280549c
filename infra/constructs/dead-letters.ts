import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { alarm } from './alarm.ts';

/** Where what could not be delivered waits, for 14 days, with an alarm that says what it means for people. */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  /** @param fifo for those of a FIFO queue, which must be one itself */
  constructor(
    scope: Construct,
    id: string,
    { errorImpact, alarms, fifo = false }: { errorImpact: string; alarms: ITopic; fifo?: boolean },
  ) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      ...(fifo ? { fifo } : {}),
    });
    acknowledge(this.queue, 'AwsSolutions-SQS3', 'It is a dead-letter queue itself.');
    const waiting = this.queue.metricApproximateNumberOfMessagesVisible({
      period: Duration.minutes(1),
      statistic: 'Maximum',
    });
    alarm(this, waiting, { errorImpact, runbook: 'dead-letters', alarms });
  }
}
