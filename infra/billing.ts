import { Duration } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { routes as accountRoutes } from '../services/billing/accounts/api.ts';
import { routes as dunningRoutes } from '../services/billing/accounts/ladder/api.ts';
import { onPolicySet } from '../services/billing/accounts/ladder/on-policy-set.ts';
import { routes as taskRoutes } from '../services/billing/accounts/ladder/tasks-api.ts';
import { onComplaint } from '../services/billing/accounts/on-complaint.ts';
import { STARTER, TIMED_EVENTS } from '../services/billing/accounts/timed-events.ts';
import { routes as unitRoutes } from '../services/billing/accounts/unit-api.ts';
import { routes as paymentRoutes } from '../services/billing/payments/api.ts';
import { routes as payerRoutes } from '../services/billing/payments/payer-api.ts';
import { billingTable } from '../services/billing/store.ts';
import { LONGEST_ANSWER, ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import { ObligationTimer } from './constructs/timer.ts';
import type { Platform } from './platform.ts';

/** The ledger and its clock; what stands around it has stacks of its own over the same table. */
export class BillingStack extends ServiceStack {
  readonly billing: ServiceTable;
  /** What bill runs have to do; here, because the sweep tells them again. */
  readonly runWork: Queue;
  /** Letters to be mailed; the sweep hands over those that lost their message. */
  readonly letters: Queue;

  constructor(scope: Construct, platform: Platform, registry: ServiceTable) {
    super(scope, 'billing', platform);
    this.billing = this.table(billingTable);

    const accounts = this.fn('accounts-api', { errorImpact: 'Payments cannot be taken, and nobody sees an account.' })
      .may(this.billing, 'command', 'check', 'limits', 'forget-references', 'index:list', 'index:names')
      .may(platform.personal, 'write', 'read-many')
      .may(registry, 'published', 'access', 'directory', 'payers', 'staff-card');
    this.routes([...accountRoutes, ...unitRoutes, ...paymentRoutes, ...payerRoutes], accounts, registry);

    const dunning = this.fn('dunning-api', {
      errorImpact: 'Nobody sees whom to call, proves who was dunned on a day, or tries a ladder before it is set.',
      timeout: LONGEST_ANSWER,
    })
      .may(this.billing, 'get', 'read-many', 'query', 'limits', 'index:list')
      .may(platform.personal, 'read-many')
      .may(registry, 'published', 'access', 'payers', 'directory');
    this.routes([...dunningRoutes, ...taskRoutes], dunning, registry);

    this.on(onComplaint, 'on-complaint', {
      errorImpact:
        'Owners who complain are dunned for it all the same, or a hold or a question to the desk outlives its complaint.',
    })
      .may(this.billing, 'command', 'remove', 'index:list', 'index:names')
      .may(registry, 'published', 'directory', 'payers');
    this.on(onPolicySet, 'on-policy-set', {
      errorImpact: 'A changed dunning policy does not reach the arrears that are there already.',
      timeout: Duration.minutes(5),
    })
      .may(this.billing, 'command', 'index:list', 'index:names')
      .may(registry, 'published', 'payers');

    const wakeUp = this.fn('wake-up', { errorImpact: 'Dunning steps come up to 15 minutes late.' })
      .may(this.billing, 'command', 'index:names')
      .may(registry, 'published', 'payers');
    const starter = this.on({ name: STARTER, events: TIMED_EVENTS }, 'schedule-wake-ups', {
      errorImpact: 'Dunning steps come up to 15 minutes late.',
    });
    const notBilled = this.dead(
      'not-billed',
      'A part of a bill run does not go on: owners of it get no bills or no notice.',
    );
    // Hidden for longer than a worker lives.
    this.runWork = new Queue(this, 'RunWork', {
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(12),
      deadLetterQueue: { queue: notBilled, maxReceiveCount: 5 },
    });
    const notMailed = this.dead('not-mailed', 'Letters wait to be mailed; those not sent by midnight are late.');
    this.letters = new Queue(this, 'Letters', {
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(6),
      deadLetterQueue: { queue: notMailed, maxReceiveCount: 10 },
    });
    const sweep = this.sweep({
      errorImpact: 'Dunning steps that a timer lost are not caught up, and nobody is told what of billing is late.',
    })
      .may(this.billing, 'command', 'index:due', 'index:names')
      .may(registry, 'published', 'payers')
      .allow(['sqs:SendMessage'], [this.runWork.queueArn], { RUN_QUEUE_URL: this.runWork.queueUrl })
      .allow(['sqs:SendMessage'], [this.letters.queueArn], { LETTER_QUEUE_URL: this.letters.queueUrl });
    new ObligationTimer(this, 'DunningTimer', wakeUp).startedBy(starter).startedBy(sweep);
  }
}
