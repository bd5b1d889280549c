import { Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type CfnStage, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { keptLog } from './constructs/kept-log.ts';
import { parameter, parametersOfAll } from './constructs/parameters.ts';
import type { Platform } from './platform.ts';

/**
 * What is written down of a request: which it was, the route as it is deployed, who asked, and what came of it. Never its path: a letter's
 * link is a secret, and an id says whose matter it is; nor an address of the network, which is a person's.
 */
const WRITTEN = {
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  subject: '$context.authorizer.claims.sub',
  status: '$context.status',
  ms: '$context.responseLatency',
};

/** The API's one stage. After all of its routes, for a throttle can be set only of a route that is there. */
export class FrontStack extends Stack {
  constructor(scope: Construct, { api, open: withoutSignIn }: Platform) {
    super(scope, 'HuiyinFront', { description: 'Huiyin (回音): front', analyticsReporting: false });
    parametersOfAll(this);
    const rate = (name: Parameters<typeof parameter>[1]) => parameter(this, name).valueAsNumber;
    // Strangers who wear out a route that needs no sign-in take nothing from staff, nor from another such route.
    const open = {
      ThrottlingRateLimit: rate('OpenRequestsPerSecond'),
      ThrottlingBurstLimit: rate('OpenRequestBurst'),
    };
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: rate('RequestsPerSecond'), burstLimit: rate('RequestBurst') },
      accessLogSettings: {
        destination: new LogGroupLogDestination(keptLog(this, 'AccessLog')),
        format: AccessLogFormat.custom(JSON.stringify(WRITTEN)),
      },
    });
    (stage.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(
      withoutSignIn.map(({ key }) => [key, open]),
    );
    for (const { route } of withoutSignIn) this.addStackDependency(Stack.of(route));
  }
}
