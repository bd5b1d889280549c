import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { alertRoutes } from '../services/reporting/alerts/api.ts';
import { atRiskRoutes } from '../services/reporting/alerts/at-risk/api.ts';
import { onComplaintRegistered } from '../services/reporting/alerts/on-complaint-registered.ts';
import { alertsTable } from '../services/reporting/alerts/store.ts';
import { LONGEST_ANSWER, ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import type { Platform } from './platform.ts';
import type { Journals } from './reporting.ts';

const LAMBDAS = 'services/reporting/alerts/lambda/alerts';

/** Alerts (预警), a part of reporting with a table of its own; they read its rows, and the heads that say who owes. */
export class AlertsStack extends ServiceStack {
  readonly alerts: ServiceTable;

  constructor(
    scope: Construct,
    platform: Platform,
    registry: ServiceTable,
    { reporting, journals }: { reporting: ServiceTable; journals: Journals },
  ) {
    super(scope, 'reporting', platform, 'alerts');
    const alerts = this.table(alertsTable);
    this.alerts = alerts;

    const api = this.fn('api', {
      entry: `${LAMBDAS}-api.ts`,
      errorImpact: 'Nobody can read or acknowledge alerts, nor see what is about to be missed.',
      timeout: LONGEST_ANSWER,
      memoryMb: 1024,
    })
      .may(alerts, 'command', 'update', 'index:list')
      .may(platform.personal, 'write', 'read-many')
      .may(reporting, 'query', 'read-many', 'index:cases', 'index:running')
      .may(registry, 'published', 'access');
    for (const journal of Object.values(journals)) api.may(journal, 'read-many');
    this.routes([...alertRoutes, ...atRiskRoutes], api, registry);

    this.on(onComplaintRegistered, 'on-complaint-registered', {
      entry: `${LAMBDAS}-on-complaint-registered.ts`,
      errorImpact: 'Major events and unusual rises of complaints are not noticed; nobody is told of them.',
    })
      .may(alerts, 'read', 'write', 'update')
      .may(registry, 'published', 'directory');

    const atRisk = this.fn('at-risk', {
      entry: `${LAMBDAS}-at-risk.ts`,
      errorImpact: 'Nobody is told of a target that is about to be missed; what is at risk can still be listed.',
      timeout: Duration.minutes(5),
      memoryMb: 1024,
    })
      .may(alerts, 'wake-up', 'update')
      .may(reporting, 'get', 'read-many', 'index:running')
      .may(registry, 'published');
    for (const journal of Object.values(journals)) atRisk.may(journal, 'read-many');
    this.every(Duration.hours(1), atRisk);

    this.sweep({
      entry: `${LAMBDAS}-sweep.ts`,
      errorImpact: 'Nobody is told that an alert was not acknowledged.',
    }).may(alerts, 'wake-up', 'update', 'index:due');
  }
}
