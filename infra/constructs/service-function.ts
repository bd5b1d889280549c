import { Aws, CfnCondition, type CfnParameter, Duration, Fn, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type CfnFunction,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { tableVariable } from '../../shared/aws/wiring.ts';
import type { Impact } from '../../shared/lambda/impact.ts';
import { acknowledge } from './acknowledge.ts';
import { headingOf, partOf } from './alarm.ts';
import { buildOf, folderOf } from './bundle.ts';
import { keptLog } from './kept-log.ts';
import { parameter } from './parameters.ts';
import type { ServiceTable, TableGrant } from './table.ts';

export interface FunctionProps {
  /** The entry point, from the top of the repository. */
  entry: string;
  /** What it means for people when it fails, in one sentence: its description, and its runbook. */
  errorImpact: string;
  /** Which alarm rings then. */
  impact: Impact;
  timeout?: Duration;
  memoryMb?: number;
}

/** A Lambda function with a role of its own, a log of its own, and a word on what its failure means for people. */
export class ServiceFunction extends Construct {
  readonly fn: LambdaFunction;
  readonly errorImpact: string;
  /** Within its stack, as its heading says it. */
  get name(): string {
    return headingOf(this).slice(partOf(this).length + 1);
  }

  private readonly role: Role;

  constructor(
    scope: Construct,
    id: string,
    { entry, errorImpact, impact, timeout = Duration.seconds(10), memoryMb = 512 }: FunctionProps,
  ) {
    super(scope, id);
    this.errorImpact = errorImpact;
    const logGroup = keptLog(this, 'Log', RemovalPolicy.DESTROY);
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    acknowledge(this.role, 'AwsSolutions-IAM5', 'The only wildcard is over the log streams of its own log group.');
    this.fn = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      description: errorImpact,
      handler: 'index.handler',
      code: Code.fromAsset(folderOf(entry)),
      role: this.role.withoutPolicyUpdates(),
      memorySize: memoryMb,
      timeout,
      logGroup,
      // What Lambda says of an invocation that went well is most of a log's bytes; its metrics say the same.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: { FUNCTION: headingOf(this), BUILD: buildOf(entry), IMPACT: impact },
    });
  }

  /** Grants what its code does with a table and tells it the table's name, in one call. */
  may(table: ServiceTable, ...grants: TableGrant[]): this {
    for (const grant of grants) this.role.addToPolicy(table.statement(grant));
    this.fn.addEnvironment(tableVariable(table.def.name), table.table.tableName);
    return this;
  }

  /** Never more than so many of it at once, where that is set aside of the account's; 0 sets none aside. */
  atMost(parallel: CfnParameter): this {
    const none = new CfnCondition(this, 'Unreserved', { expression: Fn.conditionEquals(parallel.valueAsString, '0') });
    const { logicalId } = none;
    (this.fn.node.defaultChild as CfnFunction).reservedConcurrentExecutions = Token.asNumber(
      Fn.conditionIf(logicalId, Aws.NO_VALUE, parallel.valueAsNumber),
    );
    return this;
  }

  /** Grants actions on resources and sets what the code needs to know of them. */
  allow(
    actions: string[],
    resources: string[],
    environment: Record<string, string> = {},
    conditions?: Record<string, Record<string, string>>,
  ): this {
    this.role.addToPolicy(new PolicyStatement({ actions, resources, ...(conditions ? { conditions } : {}) }));
    return this.withEnvironment(environment);
  }

  /** Sets what its code needs to know. */
  withEnvironment(environment: Record<string, string>): this {
    for (const [name, value] of Object.entries(environment)) this.fn.addEnvironment(name, value);
    return this;
  }

  /** Lets it mail people, from the deployment's address alone. */
  mails(action: 'ses:SendEmail' | 'ses:SendRawEmail', also: string[] = []): this {
    const from = parameter(this, 'MailFrom').valueAsString;
    const sender = Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName: from });
    return this.allow([action], [sender, ...also], { MAIL_FROM: from }, { StringEquals: { 'ses:FromAddress': from } });
  }
}
