import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { TRIES } from '../services/reporting/audit/rebuild.ts';
import { rebuildRoutes } from '../services/reporting/audit/rebuild-api.ts';
import { collectionRoutes } from '../services/reporting/collections/api.ts';
import { arrearsRoutes } from '../services/reporting/collections/arrears/api.ts';
import { figureRoutes } from '../services/reporting/figures/api.ts';
import { reportingTable } from '../services/reporting/figures/store.ts';
import { monthRoutes } from '../services/reporting/months/api.ts';
import { monthsTable } from '../services/reporting/months/store.ts';
import { serviceRoutes } from '../services/reporting/service-figures/api.ts';
import { assessmentRoutes } from '../services/reporting/service-figures/assessment-api.ts';
import { DeadLetters } from './constructs/dead-letters.ts';
import { parameter } from './constructs/parameters.ts';
import { LONGEST_ANSWER, ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import type { Platform } from './platform.ts';

/** The tables whose journals figures come from. */
export interface Journals {
  contacts: ServiceTable;
  complaints: ServiceTable;
  callbacks: ServiceTable;
  billing: ServiceTable;
}

export class ReportingStack extends ServiceStack {
  readonly reporting: ServiceTable;
  readonly months: ServiceTable;

  constructor(scope: Construct, platform: Platform, registry: ServiceTable, journals: Journals) {
    super(scope, 'reporting', platform);
    const reporting = this.table(reportingTable);
    this.reporting = reporting;

    const kpi = this.fn('kpi', {
      errorImpact:
        'Figures stand still: managers read yesterday’s rates until it runs again or a rebuild repairs them.',
      timeout: Duration.minutes(1),
    })
      .may(reporting, 'read-many', 'write', 'update')
      .may(journals.billing, 'query')
      .may(registry, 'published');
    for (const journal of Object.values(journals)) this.reads(kpi, journal);

    const api = this.fn('api', {
      errorImpact: 'Nobody can read figures, collection rates or arrears, nor the cases and accounts behind them.',
      // A group's sites are read at once, within what API Gateway waits for.
      timeout: LONGEST_ANSWER,
      memoryMb: 1024,
    })
      .may(reporting, 'query', 'read-many', 'index:cases')
      .may(journals.billing, 'query')
      .may(registry, 'published', 'access');
    this.routes([...figureRoutes, ...collectionRoutes, ...arrearsRoutes], api, registry);

    const service = this.fn('service-api', {
      errorImpact: 'Nobody can read the service report, nor what staff and departments are assessed by.',
      timeout: LONGEST_ANSWER,
      memoryMb: 1024,
    })
      .may(reporting, 'query', 'read-many', 'index:cases')
      .may(registry, 'published', 'access', 'directory');
    this.routes([...serviceRoutes, ...assessmentRoutes], service, registry);

    const months = this.table(monthsTable);
    this.months = months;
    const closing = this.fn('months-api', {
      errorImpact: 'Nobody can sign a month, nor read one that was signed.',
      timeout: LONGEST_ANSWER,
    })
      .may(reporting, 'get', 'query', 'month-marks')
      .may(months, 'command', 'index:list')
      .may(registry, 'published', 'access');
    this.routes(monthRoutes, closing, registry);

    const impact = 'A rebuild of the figures stops; whether they are right is not known until it is started again.';
    const dead = this.dead('not-rebuilt', impact);
    const steps = new Queue(this, 'RebuildSteps', {
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(6),
      deadLetterQueue: { queue: dead, maxReceiveCount: TRIES },
    });
    const queue = { REBUILD_QUEUE_URL: steps.queueUrl };
    // Nobody reads it: what lies there keeps its alarm ringing until somebody has looked.
    const differ = new DeadLetters(this, 'FiguresDiffer', { alarms: platform.alarms }).for(
      'figures-differ',
      'Figures are not what the journals say, and managers read them.',
    );

    const asked = this.fn('rebuild-api', {
      errorImpact: 'Nobody can start a rebuild of the figures, nor read its result.',
    })
      .may(reporting, 'rebuilds', 'limits')
      .may(registry, 'published', 'access')
      .allow(['sqs:SendMessage'], [steps.queueArn], queue);
    this.routes(rebuildRoutes, asked, registry);

    const nightly = this.fn('rebuild-nightly', {
      errorImpact: 'No sample of the figures is compared with the journals tonight: what is wrong stays unseen.',
      timeout: Duration.minutes(1),
    })
      .may(reporting, 'rebuilds')
      .may(registry, 'published')
      .allow(['sqs:SendMessage'], [steps.queueArn], queue);
    this.every(Duration.hours(1), nightly);

    const rebuild = this.fn('rebuild', { errorImpact: impact, timeout: Duration.minutes(5) })
      .may(reporting, 'read', 'read-many', 'write', 'update', 'scan', 'index:cases')
      .may(registry, 'published')
      .allow(['sqs:SendMessage'], [steps.queueArn, differ.queueArn], {
        ...queue,
        DIFFERENCES_QUEUE_URL: differ.queueUrl,
      })
      .allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [steps.queueArn]);
    for (const journal of Object.values(journals)) rebuild.may(journal, 'query', 'scan');
    for (const listed of [journals.contacts, journals.billing]) rebuild.may(listed, 'index:list');
    new SqsEventSource(steps, {
      batchSize: 1,
      maxConcurrency: parameter(this, 'RebuildWorkers').valueAsNumber,
      reportBatchItemFailures: true,
    }).bind(rebuild.fn);
  }
}
