import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { ConfigurationSet, EmailSendingEvent, EventDestination } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { keptRoutes } from '../services/billing/kept-api.ts';
import { onAddressLeft } from '../services/billing/letters/addresses/on-address-left.ts';
import { onAddressTold } from '../services/billing/letters/addresses/on-address-told.ts';
import { onPartyChanged } from '../services/billing/letters/addresses/on-party-changed.ts';
import { routes } from '../services/billing/letters/api.ts';
import { routes as mailRoutes } from '../services/billing/letters/mail/mail-api.ts';
import { onMailDecided } from '../services/billing/letters/mail/on-mail-decided.ts';
import { onLetterDone } from '../services/billing/letters/on-letter-done.ts';
import { onStepDue } from '../services/billing/letters/on-step-due.ts';
import { routes as pageRoutes } from '../services/billing/letters/page/page-api.ts';
import { routes as printRoutes } from '../services/billing/letters/paper/print-api.ts';
import { onSettled } from '../services/billing/letters/withdrawn/on-settled.ts';
import { onErasure } from '../services/billing/on-erasure.ts';
import type { BillingStack } from './billing.ts';
import { defaultBus } from './constructs/default-bus.ts';
import { parameter } from './constructs/parameters.ts';
import { LONGEST_ANSWER, ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import type { Platform } from './platform.ts';

/** What SES tells of letters that changes anything. */
const { SEND, REJECT, DELIVERY, BOUNCE, COMPLAINT } = EmailSendingEvent;
const TOLD = [SEND, REJECT, DELIVERY, BOUNCE, COMPLAINT];

/** Every document that goes to a payer, over billing's table. */
export class LettersStack extends ServiceStack {
  constructor(scope: Construct, platform: Platform, registry: ServiceTable, { billing, letters }: BillingStack) {
    super(scope, 'billing', platform, 'letters');
    const told = new ConfigurationSet(this, 'Mail');
    told.addEventDestination('Told', { destination: EventDestination.eventBus(defaultBus(this)), events: TOLD });
    const queue = { LETTER_QUEUE_URL: letters.queueUrl };

    const api = this.fn('letters-api', {
      errorImpact: 'Nobody sees what is to be printed and delivered, nor records it.',
      timeout: LONGEST_ANSWER,
    })
      .may(billing, 'command', 'update', 'check', 'letters-on-paper', 'index:list', 'index:letters')
      .may(platform.personal, 'write', 'update', 'read-many')
      .may(registry, 'published', 'access', 'directory', 'payers');
    this.routes([...routes, ...mailRoutes, ...keptRoutes], api, registry);
    const print = this.fn('letters-print', {
      errorImpact: 'Letters cannot be printed: whoever has no working address does not get them.',
      timeout: LONGEST_ANSWER,
      memoryMb: 1024,
    })
      .may(billing, 'get', 'query', 'read-many', 'index:letters')
      .may(platform.personal, 'read-many')
      .may(registry, 'published', 'access', 'directory', 'payers');
    this.routes(printRoutes, print, registry);
    const page = this.fn('letter-page', { errorImpact: 'Owners cannot open the link of a letter, nor question it.' })
      .may(billing, 'question', 'letter-page', 'due-partitions')
      .may(platform.personal, 'write')
      .may(registry, 'published', 'directory', 'payers');
    this.routes(pageRoutes, page);

    this.on(onStepDue, 'on-step-due', { errorImpact: 'Dunning steps that fell due get no letter: owners are missed.' })
      .may(billing, 'get', 'read-many', 'query', 'write', 'check', 'letters-on-paper')
      .may(registry, 'published', 'payers')
      .allow(['sqs:SendMessage'], [letters.queueArn], queue);
    const mailer = this.fn('letters-mailer', {
      errorImpact: 'Letters wait to be mailed; those not sent by midnight are late.',
      timeout: Duration.minutes(1),
    })
      .may(billing, 'get', 'read-many', 'query', 'write', 'update')
      .may(platform.personal, 'read-many', 'update')
      .may(registry, 'published', 'directory', 'payers')
      .mails('ses:SendEmail', [
        this.formatArn({ service: 'ses', resource: 'configuration-set', resourceName: told.configurationSetName }),
      ])
      .withEnvironment({
        CONFIGURATION_SET: told.configurationSetName,
        MAIL_PER_SECOND: parameter(this, 'MailPerSecond').valueAsString,
        API_URL: platform.api.apiEndpoint,
      })
      .allow(
        ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        [letters.queueArn],
        queue,
      );
    new SqsEventSource(letters, { batchSize: 10, maxConcurrency: 2, reportBatchItemFailures: true }).bind(mailer.fn);

    const tags = { letter: [{ exists: true }], site: [{ exists: true }] };
    this.onAws({ source: ['aws.ses'], detail: { mail: { tags } } }, 'mail-events', {
      errorImpact: 'Nobody learns that a letter bounced or arrived: dunning steps stay undone, owners are missed.',
    })
      .may(billing, 'get', 'query', 'write', 'update', 'letters-on-paper')
      .may(registry, 'published');
    this.on(onLetterDone, 'on-letter-done', {
      errorImpact: 'Dunning steps whose letters arrived stay undone, and nothing proves that demands arrived.',
    })
      .may(billing, 'command', 'read-many', 'index:names')
      .may(registry, 'published', 'payers')
      .allow(['sqs:SendMessage'], [letters.queueArn], queue);
    this.on(onSettled, 'on-settled', {
      errorImpact: 'Letters whose payers have paid are printed and delivered all the same.',
    })
      .may(billing, 'get', 'read-many', 'query', 'write', 'check', 'letters-on-paper', 'index:names')
      .may(registry, 'published', 'payers');
    this.on(onAddressTold, 'on-address-told', {
      errorImpact: 'Letters go on to addresses that are known to be bad, and nobody asks for new ones.',
    })
      .may(billing, 'get', 'write')
      .may(registry, 'published');
    this.on(onPartyChanged, 'on-party-changed', {
      errorImpact: 'Agents go on being asked for addresses that have been given.',
    })
      .may(billing, 'get', 'write')
      .may(registry, 'payers');
    this.on(onAddressLeft, 'on-address-left', {
      errorImpact: 'Whose email address was changed is not told of it at the old one: a wrong change goes unnoticed.',
    })
      .may(billing, 'get', 'read-many', 'addresses-left')
      .may(platform.personal, 'read-many', 'remove')
      .may(registry, 'published', 'payers')
      .mails('ses:SendEmail');
    this.on(onErasure, 'on-erasure', {
      errorImpact: 'People who asked to be erased are not: what they wrote about bills stays.',
      timeout: Duration.minutes(10),
    })
      .may(billing, 'command', 'index:list')
      .may(platform.personal, 'read-many', 'update', 'remove');
    this.on(onMailDecided, 'on-mail-decided', {
      errorImpact: 'Letters that somebody let go on wait for up to an hour and a quarter.',
      timeout: Duration.minutes(5),
    })
      .may(billing, 'read-many', 'index:list')
      .allow(['sqs:SendMessage'], [letters.queueArn], queue);
  }
}
