import type { Construct } from 'constructs';
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
  }
}
