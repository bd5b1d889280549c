import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { routes } from '../services/rights/api.ts';
import { onChanged } from '../services/rights/on-changed.ts';
import { onForgetting } from '../services/rights/on-forgetting.ts';
import { rightsTable } from '../services/rights/store.ts';
import { ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import type { Platform } from './platform.ts';

/** What people may ask of what is kept of them. */
export class RightsStack extends ServiceStack {
  constructor(scope: Construct, platform: Platform, registry: ServiceTable) {
    super(scope, 'rights', platform);
    const rights = this.table(rightsTable);

    const api = this.fn('api', {
      errorImpact: 'Nobody can ask or confirm that a person is erased, nor see how far it is.',
    })
      .may(rights, 'command', 'index:list')
      .may(platform.personal, 'write', 'read-many')
      .may(registry, 'published', 'access', 'payers', 'staff-card');
    this.routes(routes, api, registry);

    this.on(onForgetting, 'on-forgetting', {
      errorImpact:
        'Erasures do not come to their end, and what was erased is not listed: a restore would bring it back.',
    })
      .may(rights, 'read', 'write')
      .may(platform.personal, 'remove');
    this.on(onChanged, 'on-changed', {
      errorImpact: 'Names and numbers that were corrected are not listed: a restore would bring the old ones back.',
    }).may(rights, 'write');

    // Its deadlines are days.
    this.sweep({
      every: Duration.hours(6),
      errorImpact: 'What of an erasure had to wait is not tried again, and nobody is told that it is late.',
    }).may(rights, 'wake-up', 'index:due');
    // Called by hand: docs/runbooks/restore.md.
    this.fn('replay', {
      errorImpact: 'After a restore, people who were erased are there again.',
      timeout: Duration.minutes(15),
    })
      .may(rights, 'command', 'index:list')
      .may(platform.personal, 'remove')
      .may(registry, 'published');
  }
}
