import type { Construct } from 'constructs';
import { defineTable } from '../shared/table.ts';
import { ServiceStack } from './constructs/service-stack.ts';
import type { ServiceTable } from './constructs/table.ts';
import type { Platform } from './platform.ts';

export class RegistryStack extends ServiceStack {
  readonly registry: ServiceTable;

  constructor(scope: Construct, platform: Platform) {
    super(scope, 'registry', platform);
    this.registry = this.table(defineTable({ name: 'registry', journal: true }));
  }
}
