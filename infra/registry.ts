import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { bookRoutes, importRoutes } from '../services/registry/api.ts';
import { onErasure } from '../services/registry/on-erasure.ts';
import { onPartyMerged } from '../services/registry/on-party-merged.ts';
import { onPolicyFloor } from '../services/registry/on-policy-floor.ts';
import { registryTable } from '../services/registry/store.ts';
import { LONGEST_ANSWER, ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import type { Platform } from './platform.ts';

export class RegistryStack extends ServiceStack {
  readonly registry: ServiceTable;

  constructor(scope: Construct, platform: Platform) {
    super(scope, 'registry', platform);
    this.registry = this.table(registryTable);

    const api = this.fn('api', { errorImpact: 'Sites, units, owners and staff cannot be entered or changed.' })
      .may(this.registry, 'command', 'check', 'limits', 'remove', 'index:list')
      .may(platform.personal, 'write', 'read-many', 'update', 'remove');
    this.routes(bookRoutes, api, this.registry);

    const imports = this.fn('imports', {
      errorImpact: 'Spreadsheets of sites, units, owners and staff cannot be imported.',
      timeout: LONGEST_ANSWER,
      memoryMb: 1024,
    })
      .may(this.registry, 'command', 'check', 'limits', 'remove')
      .may(platform.personal, 'write', 'read-many');
    this.routes(importRoutes, imports, this.registry);

    this.on(onPartyMerged, 'on-party-merged', {
      errorImpact: 'Units of a party that was merged stay under the party that went.',
    }).may(this.registry, 'command', 'check', 'remove');

    this.on(onErasure, 'on-erasure', {
      errorImpact: 'People who asked to be erased are not: name and contact ways stay.',
      timeout: Duration.minutes(5),
    })
      .may(this.registry, 'command', 'remove')
      .may(platform.personal, 'read-many', 'update', 'remove');

    this.on(onPolicyFloor, 'on-policy-floor', {
      errorImpact: 'A stricter group policy does not reach the sites; cases go on under the old one.',
    }).may(this.registry, 'command');
  }
}
