import type { Construct } from 'constructs';
import { routes as accountRoutes } from '../services/billing/accounts/api.ts';
import { PUNCTUAL, STARTER } from '../services/billing/accounts/punctual.ts';
import { billingTable } from '../services/billing/store.ts';
import { ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import { ObligationTimer } from './constructs/timer.ts';
import type { Platform } from './platform.ts';

/** The ledger and its clock; what stands around it has stacks of its own over the same table. */
export class BillingStack extends ServiceStack {
  readonly billing: ServiceTable;

  constructor(scope: Construct, platform: Platform, registry: ServiceTable) {
    super(scope, 'billing', platform);
    this.billing = this.table(billingTable);

    const accounts = this.fn('accounts-api', { errorImpact: 'Payments cannot be taken, and nobody sees an account.' })
      .may(this.billing, 'command', 'index:list')
      .may(platform.personal, 'write', 'read-many')
      .may(registry, 'published', 'access');
    this.routes(accountRoutes, accounts);

    const look = this.fn('look', { errorImpact: 'Dunning steps come up to 15 minutes late.' })
      .may(this.billing, 'look')
      .may(registry, 'published');
    const starter = this.on({ name: STARTER, events: PUNCTUAL }, 'start-timer', {
      errorImpact: 'Dunning steps come up to 15 minutes late.',
    });
    const sweep = this.sweep({
      errorImpact: 'Dunning steps that a timer lost are not caught up, and nobody is told what of billing is late.',
    })
      .may(this.billing, 'look', 'index:due')
      .may(registry, 'published');
    new ObligationTimer(this, 'DunningTimer', look).startedBy(starter).startedBy(sweep);
  }
}
