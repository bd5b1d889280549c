import type { Construct } from 'constructs';
import { routes } from '../services/portal/api.ts';
import { ServiceStack } from './constructs/service-stack.ts';
import type { Platform } from './platform.ts';

export class PortalStack extends ServiceStack {
  constructor(scope: Construct, platform: Platform) {
    super(scope, 'portal', platform);
    this.routes(routes, this.fn('api', { errorImpact: 'People who want to call the API cannot read how.' }));
  }
}
