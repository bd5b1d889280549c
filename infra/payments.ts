import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { routes as deductionRoutes } from '../services/billing/deductions/api.ts';
import { routes as mandateRoutes } from '../services/billing/deductions/mandate-api.ts';
import { onDeductionPaid } from '../services/billing/deductions/on-deduction-paid.ts';
import { routes as slipRoutes } from '../services/billing/slips/api.ts';
import { onSlipSigned } from '../services/billing/slips/on-slip-signed.ts';
import type { BillingStack } from './billing.ts';
import { ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import type { Platform } from './platform.ts';

/** Paid services, the bank's deductions and receipts, over billing's table. */
export class PaymentsStack extends ServiceStack {
  constructor(scope: Construct, platform: Platform, registry: ServiceTable, { billing }: BillingStack) {
    super(scope, 'billing', platform, 'payments');

    const slips = this.fn('slips-api', { errorImpact: 'Paid services cannot be ordered, priced, entered or signed.' })
      .may(billing, 'command', 'index:list')
      .may(platform.personal, 'write', 'read-many')
      .may(registry, 'published', 'access', 'directory', 'payers');
    this.routes(slipRoutes, slips);
    this.on(onSlipSigned, 'on-slip-signed', {
      errorImpact: 'Paid services that owners signed for are not charged, and miss the deduction.',
    })
      .may(billing, 'command')
      .may(registry, 'published');

    const deductions = this.fn('deductions-api', {
      errorImpact: 'Mandates cannot be recorded, and no file goes to the bank or is read from it.',
      // A batch goes through every mandate of a site.
      timeout: Duration.seconds(29),
      memoryMb: 1024,
    })
      .may(billing, 'command', 'remove', 'index:list')
      .may(platform.personal, 'write')
      .may(registry, 'published', 'access');
    this.routes([...deductionRoutes, ...mandateRoutes], deductions);
    const opener = this.fn('deductions-open', {
      errorImpact: 'The deduction batch of a cut-off is not opened by itself; somebody has to open it by hand.',
      timeout: Duration.minutes(5),
    })
      .may(billing, 'command', 'index:list')
      .may(registry, 'published');
    this.every(Duration.hours(1), opener);
    this.on(onDeductionPaid, 'on-deduction-paid', {
      errorImpact: 'What the bank deducted does not reach the accounts: payers are dunned for what they have paid.',
      timeout: Duration.minutes(1),
    })
      .may(billing, 'command')
      .may(registry, 'published');
  }
}
