import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { routes } from '../services/callbacks/api.ts';
import { keptRoutes } from '../services/callbacks/kept-api.ts';
import { onComplaintResolved } from '../services/callbacks/on-complaint-resolved.ts';
import { onErasure } from '../services/callbacks/on-erasure.ts';
import { callbacksTable } from '../services/callbacks/store.ts';
import { STARTER, TIMED_EVENTS } from '../services/callbacks/timed-events.ts';
import { ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import { ObligationTimer } from './constructs/timer.ts';
import type { Platform } from './platform.ts';

export class CallbacksStack extends ServiceStack {
  readonly callbacks: ServiceTable;

  constructor(scope: Construct, platform: Platform, registry: ServiceTable) {
    super(scope, 'callbacks', platform);
    this.callbacks = this.table(callbacksTable);

    const api = this.fn('api', {
      errorImpact: 'Agents cannot record callbacks; owners who were called count as not called.',
    })
      .may(this.callbacks, 'command', 'index:list')
      .may(platform.personal, 'write', 'read-many')
      .may(registry, 'published', 'access', 'payers');
    this.routes([...routes, ...keptRoutes], api, registry);

    this.on(onComplaintResolved, 'on-complaint-resolved', {
      errorImpact: 'Resolved complaints get no callback: owners are not called back.',
    })
      .may(this.callbacks, 'command', 'numbers')
      .may(registry, 'published');

    this.on(onErasure, 'on-erasure', {
      errorImpact: 'People who asked to be erased are not: their words stay.',
      timeout: Duration.minutes(5),
    })
      .may(this.callbacks, 'command', 'index:list')
      .may(platform.personal, 'read-many', 'update', 'remove');

    const wakeUp = this.fn('wake-up', {
      errorImpact: 'Reminders and escalations of callbacks come up to 15 minutes late.',
    }).may(this.callbacks, 'wake-up');
    const starter = this.on({ name: STARTER, events: TIMED_EVENTS }, 'schedule-wake-ups', {
      errorImpact: 'Reminders and escalations of new callbacks come up to 15 minutes late.',
    });
    const sweep = this.sweep({
      errorImpact:
        'What the timers of callbacks lose is not caught up: agents are not reminded, overdue callbacks not escalated.',
    }).may(this.callbacks, 'wake-up', 'index:due');
    new ObligationTimer(this, 'CallbackTimer', wakeUp).startedBy(starter).startedBy(sweep);
  }
}
