import type { Construct } from 'constructs';
import { routes as feeRoutes } from '../services/billing/fees/api.ts';
import { routes as meteringRoutes } from '../services/billing/fees/metering-api.ts';
import { ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import type { Platform } from './platform.ts';

/** Fee schedules and bill runs, over billing's table. */
export class RunsStack extends ServiceStack {
  constructor(scope: Construct, platform: Platform, registry: ServiceTable, billing: ServiceTable) {
    super(scope, 'billing', platform, 'runs');

    const fees = this.fn('fees-api', {
      errorImpact: 'Nobody can read or set what is charged, agree to an exemption, or enter a reading.',
    })
      .may(billing, 'command', 'check', 'remove', 'index:list')
      .may(platform.personal, 'write', 'read-many')
      .may(registry, 'published', 'access', 'directory');
    this.routes([...feeRoutes, ...meteringRoutes], fees);
  }
}
