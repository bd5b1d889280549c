import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { routes } from '../services/intake/api.ts';
import { keptRoutes } from '../services/intake/kept-api.ts';
import { onComplaintProgress } from '../services/intake/on-complaint-progress.ts';
import { onErasure } from '../services/intake/on-erasure.ts';
import { onLetterQuestioned } from '../services/intake/on-letter-questioned.ts';
import { contactsTable } from '../services/intake/store.ts';
import { STARTER, TIMED_EVENTS } from '../services/intake/timed-events.ts';
import { ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import { ObligationTimer } from './constructs/timer.ts';
import type { Platform } from './platform.ts';

export class IntakeStack extends ServiceStack {
  readonly contacts: ServiceTable;

  constructor(scope: Construct, platform: Platform, registry: ServiceTable) {
    super(scope, 'intake', platform);
    this.contacts = this.table(contactsTable);

    const api = this.fn('api', {
      errorImpact: 'The front desk cannot record calls, visits and messages, nor hand them on; owners wait unheard.',
    })
      .may(this.contacts, 'command', 'numbers', 'index:list', 'index:taker')
      .may(platform.personal, 'write', 'read-many')
      .may(registry, 'published', 'access', 'named', 'roster', 'payers');
    this.routes([...routes, ...keptRoutes], api, registry);

    this.on(onComplaintProgress, 'on-complaint-progress', {
      errorImpact: 'Agents stay responsible for complaints that a department has long accepted, and count as late.',
    }).may(this.contacts, 'command');

    this.on(onLetterQuestioned, 'on-letter-questioned', {
      errorImpact: 'What owners ask about a bill through its link reaches nobody.',
    })
      .may(this.contacts, 'get', 'write', 'numbers')
      .may(registry, 'published');

    this.on(onErasure, 'on-erasure', {
      errorImpact: 'People who asked to be erased are not: their words stay.',
      timeout: Duration.minutes(5),
    })
      .may(this.contacts, 'command', 'index:list')
      .may(platform.personal, 'read-many', 'update', 'remove');

    const wakeUp = this.fn('wake-up', {
      errorImpact: 'Reminders of promised replies come up to 15 minutes late.',
    }).may(this.contacts, 'wake-up');
    const starter = this.on({ name: STARTER, events: TIMED_EVENTS }, 'schedule-wake-ups', {
      errorImpact: 'Reminders of newly promised replies come up to 15 minutes late.',
    });
    const sweep = this.sweep({
      errorImpact: 'Nobody is told that a message is unanswered, not handed over, not accepted, or a promise not kept.',
    }).may(this.contacts, 'wake-up', 'index:due');
    new ObligationTimer(this, 'ReplyTimer', wakeUp).startedBy(starter).startedBy(sweep);
  }
}
