import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { routes } from '../services/reporting/reports/api.ts';
import { routes as improvementRoutes } from '../services/reporting/reports/improvements/api.ts';
import { onReportIssued } from '../services/reporting/reports/on-report-issued.ts';
import { routes as printRoutes } from '../services/reporting/reports/print-api.ts';
import { reportsTable } from '../services/reporting/reports/store.ts';
import { parameter } from './constructs/parameters.ts';
import { LONGEST_ANSWER, ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import type { Platform } from './platform.ts';

/** The tables whose items reports are composed from. */
interface Sources {
  reporting: ServiceTable;
  months: ServiceTable;
  alerts: ServiceTable;
}

/** Monthly and annual reports over reporting's figures, and the improvements that follow from them. */
export class ReportsStack extends ServiceStack {
  constructor(scope: Construct, platform: Platform, registry: ServiceTable, { reporting, months, alerts }: Sources) {
    super(scope, 'reporting', platform, 'reports');
    const reports = this.table(reportsTable);

    const api = this.fn('reports-api', {
      errorImpact: 'Nobody can read reports, have one made again, or plan and record improvements.',
      timeout: LONGEST_ANSWER,
      memoryMb: 1024,
    })
      .may(reports, 'command', 'index:list')
      .may(reporting, 'query', 'read-many', 'index:cases')
      .may(months, 'read-many')
      .may(alerts, 'alert-counts')
      .may(platform.personal, 'write', 'read-many')
      .may(registry, 'published', 'access', 'directory');
    this.routes([...routes, ...improvementRoutes], api, registry);

    const print = this.fn('reports-print', {
      errorImpact: 'Reports cannot be printed, nor opened by the link in their mail.',
      timeout: LONGEST_ANSWER,
      memoryMb: 1024,
    })
      .may(reports, 'report-pages')
      .may(platform.personal, 'read-many')
      .may(registry, 'published', 'access', 'roster-item');
    this.routes(printRoutes, print, registry);

    const impact = 'Monthly and annual reports are not issued on their day; a director can issue them by hand.';
    const dead = this.dead('not-issued', impact);
    const wanted = new Queue(this, 'Wanted', {
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(6),
      deadLetterQueue: { queue: dead, maxReceiveCount: 5 },
    });
    const due = this.fn('reports-due', { errorImpact: impact, timeout: Duration.minutes(5) })
      .may(reports, 'read-many')
      .may(registry, 'published')
      .allow(['sqs:SendMessage'], [wanted.queueArn], { REPORT_QUEUE_URL: wanted.queueUrl });
    this.every(Duration.hours(1), due);
    const writer = this.fn('reports-writer', { errorImpact: impact, timeout: Duration.minutes(5), memoryMb: 1024 })
      .may(reports, 'get', 'read-many', 'write', 'index:list')
      .may(reporting, 'query', 'read-many', 'index:cases')
      .may(months, 'read-many')
      .may(alerts, 'alert-counts')
      .may(registry, 'published', 'directory')
      .allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [wanted.queueArn]);
    new SqsEventSource(wanted, {
      batchSize: 1,
      maxConcurrency: parameter(this, 'ReportWriters').valueAsNumber,
      reportBatchItemFailures: true,
    }).bind(writer.fn);

    this.on(onReportIssued, 'on-report-issued', {
      errorImpact: 'Reports that were issued are mailed to nobody; they can be read in the system.',
      // Below its claim of 50 s.
      timeout: Duration.seconds(45),
      memoryMb: 1024,
    })
      .may(reports, 'read', 'write', 'update')
      .may(platform.personal, 'read-many')
      .may(registry, 'roster')
      .mails('ses:SendRawEmail')
      .withEnvironment({ API_URL: platform.api.apiEndpoint });

    this.sweep({ errorImpact: 'Nobody is told that an improvement is due or late.' }).may(
      reports,
      'wake-up',
      'index:due',
    );
  }
}
