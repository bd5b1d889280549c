import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { routes } from '../services/inbox/api.ts';
import { onNotice } from '../services/inbox/on-notice.ts';
import { inboxTable } from '../services/inbox/store.ts';
import { JOB_MOST } from '../shared/lambda/each-site.ts';
import { ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import type { Platform } from './platform.ts';

export class InboxStack extends ServiceStack {
  constructor(scope: Construct, platform: Platform, registry: ServiceTable) {
    super(scope, 'inbox', platform);
    const inbox = this.table(inboxTable);
    const impact = 'Emails wait: reminders and escalations stand in the inbox only.';

    const dead = this.dead('not-mailed', impact);
    // Hidden for longer than a mailer's claim lives, so that what a dead mailer held is taken over; tried for an hour.
    const mails = new Queue(this, 'Mails', {
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(6),
      deadLetterQueue: { queue: dead, maxReceiveCount: 10 },
    });
    const queue = { MAIL_QUEUE_URL: mails.queueUrl };

    const api = this.fn('api', { errorImpact: 'Staff cannot read their inbox in the API; emails still reach them.' })
      .may(inbox, 'read', 'update')
      .may(registry, 'published', 'access', 'reach', 'places')
      .may(platform.personal, 'read-many');
    this.routes(routes, api, registry);

    this.on(onNotice, 'on-notice', {
      errorImpact: 'Nobody is told that something is due, late, escalated or important.',
    })
      .may(inbox, 'get', 'write')
      .may(registry, 'roster')
      .allow(['sqs:SendMessage'], [mails.queueArn], queue);

    const mailer = this.fn('mailer', { errorImpact: impact, timeout: Duration.minutes(1) })
      .mails('ses:SendEmail')
      .may(inbox, 'get', 'update')
      .may(registry, 'published', 'roster-item', 'reach', 'places')
      .may(platform.personal, 'read-many')
      .allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [mails.queueArn]);
    new SqsEventSource(mails, { batchSize: 10, maxConcurrency: 2, reportBatchItemFailures: true }).bind(mailer.fn);

    const digest = this.fn('digest', {
      errorImpact: 'Site directors do not get their daily digest; what came up to them stands in the inbox only.',
      timeout: Duration.millis(JOB_MOST),
    })
      .may(inbox, 'read', 'write', 'update', 'remove')
      .may(registry, 'published')
      .allow(['sqs:SendMessage'], [mails.queueArn], queue);
    this.every(Duration.hours(1), digest);
  }
}
