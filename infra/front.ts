import { Stack } from 'aws-cdk-lib';
import { type CfnStage, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Platform } from './platform.ts';

/** What all of those that sign in may ask a second, together. */
const SIGNED_IN = { rateLimit: 200, burstLimit: 400 };
/** What each route takes that needs no sign-in: strangers who wear one of them out take nothing from staff, nor from another. */
const OPEN = { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 };

/** The API's one stage. After all of its routes, for a throttle can be set only of a route that is there. */
export class FrontStack extends Stack {
  constructor(scope: Construct, { api, open }: Platform) {
    super(scope, 'HuiyinFront', { description: 'Huiyin (回音): front', analyticsReporting: false });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: SIGNED_IN,
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', { retention: RetentionDays.THREE_MONTHS }),
        ),
      },
    });
    (stage.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(open.map(({ key }) => [key, OPEN]));
    for (const { route } of open) this.addStackDependency(Stack.of(route));
  }
}
