import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { routes } from '../services/complaints/api.ts';
import { keptRoutes } from '../services/complaints/kept-api.ts';
import { onCallbackResult } from '../services/complaints/on-callback-result.ts';
import { onContactRouted } from '../services/complaints/on-contact-routed.ts';
import { onErasure } from '../services/complaints/on-erasure.ts';
import { complaintsTable } from '../services/complaints/store.ts';
import { ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import type { Platform } from './platform.ts';

export class ComplaintsStack extends ServiceStack {
  readonly complaints: ServiceTable;

  constructor(scope: Construct, platform: Platform, registry: ServiceTable) {
    super(scope, 'complaints', platform);
    this.complaints = this.table(complaintsTable);

    const api = this.fn('api', { errorImpact: 'Staff cannot see or work on complaints.' })
      .may(this.complaints, 'command', 'limits', 'index:list')
      .may(platform.personal, 'write', 'read-many')
      .may(registry, 'published', 'access', 'roster', 'staff-card', 'payers');
    this.routes([...routes, ...keptRoutes], api, registry);

    this.on(onContactRouted, 'on-contact-routed', {
      errorImpact: 'Complaints taken by the desk are not registered; nobody is told to judge them.',
    })
      .may(this.complaints, 'command', 'numbers')
      .may(registry, 'published', 'roster');
    this.on(onCallbackResult, 'on-callback-result', {
      errorImpact: 'A dissatisfied owner does not reopen the complaint; a satisfied one does not let it close.',
    })
      .may(this.complaints, 'command')
      .may(registry, 'published');

    this.on(onErasure, 'on-erasure', {
      errorImpact: 'People who asked to be erased are not: their words stay.',
      timeout: Duration.minutes(5),
    })
      .may(this.complaints, 'command', 'index:list')
      .may(platform.personal, 'read-many', 'update', 'remove');

    this.sweep({ errorImpact: 'Nobody is told that a complaint is late.' }).may(
      this.complaints,
      'wake-up',
      'index:due',
    );
  }
}
