import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { routes as runRoutes } from '../services/billing/runs/api.ts';
import { onPayerChanged } from '../services/billing/runs/on-payer-changed.ts';
import { onRunMoved } from '../services/billing/runs/on-run-moved.ts';
import { routes as feeRoutes } from '../services/billing/tariffs/api.ts';
import { routes as meteringRoutes } from '../services/billing/tariffs/metering-api.ts';
import type { BillingStack } from './billing.ts';
import { parameter } from './constructs/parameters.ts';
import { LONGEST_ANSWER, ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import type { Platform } from './platform.ts';

/** Fee schedules and bill runs, over billing's table. */
export class RunsStack extends ServiceStack {
  constructor(
    scope: Construct,
    platform: Platform,
    registry: ServiceTable,
    { billing, runWork, letters }: BillingStack,
  ) {
    super(scope, 'billing', platform, 'runs');
    const queue = { RUN_QUEUE_URL: runWork.queueUrl };
    const mails = { LETTER_QUEUE_URL: letters.queueUrl };

    const fees = this.fn('fees-api', {
      errorImpact: 'Nobody can read or set what is charged, agree to an exemption, or enter a reading.',
    })
      .may(billing, 'command', 'check', 'remove', 'index:list')
      .may(platform.personal, 'write', 'read-many')
      .may(registry, 'published', 'access', 'directory', 'staff-card');
    this.routes([...feeRoutes, ...meteringRoutes], fees, registry);

    const runs = this.fn('runs-api', {
      errorImpact: 'Nobody can preview, issue or cancel a bill run, nor see how far it is.',
      // A preview prices every unit of a site.
      timeout: LONGEST_ANSWER,
      memoryMb: 1024,
    })
      .may(billing, 'command', 'limits', 'index:list')
      .may(platform.personal, 'write')
      .may(registry, 'published', 'access', 'directory');
    this.routes(runRoutes, runs, registry);

    this.on(onRunMoved, 'on-run-moved', {
      errorImpact: 'A bill run begins up to 15 minutes after it was issued, or its notices do.',
    })
      .may(billing, 'get')
      .allow(['sqs:SendMessage'], [runWork.queueArn], queue);

    this.on(onPayerChanged, 'on-payer-changed', {
      errorImpact: 'A unit that was sold is billed to who sold it, and the buyer gets no bill.',
      timeout: Duration.minutes(1),
    })
      .may(billing, 'command', 'update', 'remove', 'index:list', 'index:names')
      .may(platform.personal, 'write')
      .may(registry, 'published', 'directory', 'payers')
      .allow(['sqs:SendMessage'], [letters.queueArn], mails);

    const worker = this.fn('runs-worker', {
      errorImpact: 'A bill run does not go on: owners get no bills or no notice.',
      timeout: Duration.minutes(2),
      memoryMb: 1024,
    })
      .may(billing, 'command', 'update', 'remove', 'index:list', 'index:names')
      .may(platform.personal, 'write')
      .may(registry, 'published', 'directory', 'payers')
      .allow(['sqs:SendMessage'], [runWork.queueArn, letters.queueArn], {
        ...queue,
        LETTER_QUEUE_URL: letters.queueUrl,
      })
      .allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [runWork.queueArn]);
    // One part a worker.
    new SqsEventSource(runWork, {
      batchSize: 1,
      maxConcurrency: parameter(this, 'RunWorkers').valueAsNumber,
      reportBatchItemFailures: true,
    }).bind(worker.fn);
  }
}
