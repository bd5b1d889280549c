import { Aws, CfnCondition, CfnOutput, Fn, Stack, Token } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct, IConstruct } from 'constructs';
import { personalTable } from '../shared/aws/table.ts';
import { OwnUserPool } from './constructs/own-user-pool.ts';
import { parameter, parametersOfAll } from './constructs/parameters.ts';
import { platformAlarms } from './constructs/platform-alarms.ts';
import { ServiceTable } from './constructs/table.ts';

/** What every service stands on: the bus, the API and who may call it, personal data, the sender, the alarms. */
export class Platform extends Stack {
  readonly bus: EventBus;
  readonly api: HttpApi;
  readonly authorizer: HttpJwtAuthorizer;
  /** Routes that need no sign-in, as services declare them. */
  readonly open: { key: string; route: IConstruct }[] = [];
  readonly personal: ServiceTable;
  readonly alarms: Topic;

  constructor(scope: Construct) {
    super(scope, 'HuiyinPlatform', { description: 'Huiyin (回音): platform', analyticsReporting: false });
    parametersOfAll(this);

    this.alarms = new Topic(this, 'Alarms', { enforceSSL: true, displayName: 'Huiyin' });
    this.bus = new EventBus(this, 'Bus');
    this.personal = new ServiceTable(this, personalTable);

    new EmailIdentity(this, 'Sender', { identity: Identity.email(parameter(this, 'MailFrom').valueAsString) });

    const issuer = parameter(this, 'OidcIssuer').valueAsString;
    const audience = parameter(this, 'OidcAudience').valueAsString;
    const none = new CfnCondition(this, 'NoIssuerGiven', { expression: Fn.conditionEquals(issuer, '') });
    this.api = new HttpApi(this, 'Api', { createDefaultStage: false, description: 'Huiyin' });
    const url = `https://${this.api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
    const pool = new OwnUserPool(this, 'People', none, `${url}/`);
    this.authorizer = new HttpJwtAuthorizer(
      'Jwt',
      Token.asString(Fn.conditionIf(none.logicalId, pool.issuer, issuer)),
      {
        jwtAudience: [Token.asString(Fn.conditionIf(none.logicalId, pool.audience, audience))],
      },
    );

    platformAlarms(this, this.api, this.alarms);
    new CfnOutput(this, 'ApiUrl', { value: url });
  }
}
