import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { routes as cashDayRoutes } from '../services/billing/cash-days/api.ts';
import { routes as deductionRoutes } from '../services/billing/deductions/api.ts';
import { routes as mandateRoutes } from '../services/billing/deductions/mandate-api.ts';
import { onDeductionPaid } from '../services/billing/deductions/on-deduction-paid.ts';
import { routes as statementRoutes } from '../services/billing/documents/statement-api.ts';
import { routes as receiptRoutes } from '../services/billing/receipts/api.ts';
import { onPayment } from '../services/billing/receipts/on-payment.ts';
import { routes as receiptPrintRoutes } from '../services/billing/receipts/print-api.ts';
import { routes as slipRoutes } from '../services/billing/slips/api.ts';
import { onSlipSigned } from '../services/billing/slips/on-slip-signed.ts';
import { routes as remittanceRoutes } from '../services/billing/statements/api.ts';
import { onRemittance } from '../services/billing/statements/on-remittance.ts';
import { JOB_MOST } from '../shared/lambda/each-site.ts';
import type { BillingStack } from './billing.ts';
import { DeadLetters } from './constructs/dead-letters.ts';
import { LONGEST_ANSWER, ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import type { Platform } from './platform.ts';

/** Paid services, the bank's deductions, receipts and account statements, over billing's table. */
export class PaymentsStack extends ServiceStack {
  constructor(scope: Construct, platform: Platform, registry: ServiceTable, { billing }: BillingStack) {
    super(scope, 'billing', platform, 'payments');

    const slips = this.fn('slips-api', { errorImpact: 'Paid services cannot be ordered, priced, entered or signed.' })
      .may(billing, 'command', 'numbers', 'index:list')
      .may(platform.personal, 'write', 'read-many')
      .may(registry, 'published', 'access', 'directory', 'payers');
    this.routes(slipRoutes, slips, registry);
    this.on(onSlipSigned, 'on-slip-signed', {
      errorImpact: 'Paid services that owners signed for are not charged, and miss the deduction.',
    })
      .may(billing, 'command', 'index:names')
      .may(registry, 'published', 'payers');

    const deductions = this.fn('deductions-api', {
      errorImpact: 'Mandates cannot be recorded, and no file goes to the bank or is read from it.',
      // A batch goes through every mandate of a site.
      timeout: LONGEST_ANSWER,
      memoryMb: 1024,
    })
      .may(billing, 'command', 'limits', 'remove', 'index:list', 'index:names')
      .may(platform.personal, 'write')
      .may(registry, 'published', 'access', 'directory', 'payers');
    this.routes([...deductionRoutes, ...mandateRoutes], deductions, registry);
    const opener = this.fn('deductions-open', {
      errorImpact: 'The deduction batch of a cut-off is not opened by itself; somebody has to open it by hand.',
      timeout: Duration.millis(JOB_MOST),
    })
      .may(billing, 'command', 'index:names')
      .may(registry, 'published', 'payers');
    this.every(Duration.hours(1), opener);
    this.on(onDeductionPaid, 'on-deduction-paid', {
      errorImpact: 'What the bank deducted does not reach the accounts: payers are dunned for what they have paid.',
      timeout: Duration.minutes(1),
    })
      .may(billing, 'command', 'index:names')
      .may(registry, 'published', 'payers');

    const statements = this.fn('statements-api', {
      errorImpact:
        'Statements are not read: money without a name is neither found nor claimed, and cashiers cannot close their day.',
      // A statement of a month has thousands of lines.
      timeout: LONGEST_ANSWER,
      memoryMb: 1024,
    })
      .may(billing, 'command', 'limits', 'index:list', 'index:names')
      .may(platform.personal, 'write', 'read-many')
      .may(registry, 'published', 'access', 'directory', 'payers', 'staff-card');
    this.routes([...remittanceRoutes, ...cashDayRoutes], statements, registry);
    this.on(onRemittance, 'on-remittance', {
      errorImpact: 'Payers whose money waits to be claimed are dunned for it, or asked about it after it was.',
    })
      .may(billing, 'command', 'forget-proposals', 'index:list', 'index:names')
      .may(registry, 'published', 'payers');

    const impact = 'Payments get no receipts; the payments themselves stand.';
    const notReceipted = new DeadLetters(this, 'NotReceipted', { alarms: platform.alarms, fifo: true });
    const dead = notReceipted.for('not-receipted', impact);
    // Of a site one after the other: there is one writer of its serials. Up to 300 payments a second over all sites.
    const receipts = new Queue(this, 'Receipts', {
      fifo: true,
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(6),
      deadLetterQueue: { queue: dead, maxReceiveCount: 10 },
    });
    this.on(onPayment, 'on-payment', { errorImpact: impact }).allow(['sqs:SendMessage'], [receipts.queueArn], {
      RECEIPT_QUEUE_URL: receipts.queueUrl,
    });
    const writer = this.fn('receipts-writer', { errorImpact: impact, timeout: Duration.minutes(1) })
      .may(billing, 'command', 'forget-lines', 'index:list', 'index:names')
      .may(registry, 'published')
      .allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [receipts.queueArn]);
    new SqsEventSource(receipts, { batchSize: 10, reportBatchItemFailures: true }).bind(writer.fn);
    const api = this.fn('receipts-api', {
      errorImpact: 'Nobody sees receipts or records invoices.',
      timeout: LONGEST_ANSWER,
    })
      .may(billing, 'command', 'check', 'index:names')
      .may(registry, 'published', 'access');
    this.routes(receiptRoutes, api, registry);
    const print = this.fn('payments-print', {
      errorImpact: 'Receipts and account statements cannot be printed.',
      timeout: LONGEST_ANSWER,
      memoryMb: 1024,
    })
      .may(billing, 'get', 'query', 'read-many')
      .may(platform.personal, 'read-many')
      .may(registry, 'published', 'access', 'directory', 'payers');
    this.routes([...receiptPrintRoutes, ...statementRoutes], print, registry);
  }
}
