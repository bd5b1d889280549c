import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';

/** The bus that every account has, on which AWS's own services say what happened. */
export const defaultBus = (scope: Construct): IEventBus => EventBus.fromEventBusName(scope, 'DefaultBus', 'default');
