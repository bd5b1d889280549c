import { Duration, Stack } from 'aws-cdk-lib';
import { type HttpMethod, HttpNoneAuthorizer, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { type EventPattern, Rule, type RuleProps } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { TableDef } from '../../shared/aws/table.ts';
import { type EventDef, patternsOf } from '../../shared/domain/events.ts';
import { deployedPath } from '../../shared/http/deployed.ts';
import type { RouteDef } from '../../shared/http/route.ts';
import type { Impact } from '../../shared/lambda/impact.ts';
import { NEW_EVENTS } from '../../shared/lambda/stream.ts';
import { SWEEP_EVERY } from '../../shared/timers/timers.ts';
import type { Platform } from '../platform.ts';
import { acknowledge } from './acknowledge.ts';
import { partOf } from './alarm.ts';
import { ENTRIES } from './bundle.ts';
import { DeadLetters } from './dead-letters.ts';
import { parameter, parametersOfAll } from './parameters.ts';
import { type FunctionProps, ServiceFunction } from './service-function.ts';
import { ServiceTable } from './table.ts';

/** The most a function of the API may take: a second before, it answers itself, and API Gateway would give up at 30 s. */
export const LONGEST_ANSWER = Duration.seconds(28);

type FnProps = Omit<FunctionProps, 'impact' | 'entry'> & { entry?: string };

/** Which alarm rings when something of a stack fails that nobody waits for; what is owed, of all others. */
const IMPACTS: Record<string, Impact> = {
  billing: 'money',
  letters: 'money',
  runs: 'money',
  payments: 'money',
  reporting: 'figures',
  reports: 'figures',
  'open-data': 'figures',
};

const pascal = (name: string) => name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

/** The one entry of that name among a service's rooms. @throws Error where there is none, or more than one */
const entryOf = (service: string, name: string): string => {
  const is = (one: string) => one.startsWith(`services/${service}/`) && one.endsWith(`/lambda/${name}.ts`);
  const [entry, another] = ENTRIES.filter(is);
  if (entry === undefined || another !== undefined)
    throw new Error(`${service} has ${another ? 'two entries' : 'no entry'} lambda/${name}.ts`);
  return entry;
};

/** One stack per service; what each has in common, in words that let a stack read like a table of contents. */
export abstract class ServiceStack extends Stack {
  protected readonly platform: Platform;
  private readonly service: string;

  /** @param part a stack for a part of a large service, which has several over one table */
  constructor(scope: Construct, service: string, platform: Platform, part = service) {
    super(scope, `Huiyin${pascal(part)}`, {
      description: `Huiyin (回音): ${part}`,
      analyticsReporting: false,
    });
    this.service = service;
    this.platform = platform;
    parametersOfAll(this);
  }

  /** A function whose entry point is `lambda/<name>.ts` in the service or in one of its rooms. */
  fn(name: string, { entry, ...props }: FnProps): ServiceFunction {
    const id = pascal(name);
    const path = entry ?? entryOf(this.service, name);
    return new ServiceFunction(this, id, { entry: path, impact: IMPACTS[partOf(this)] ?? 'owed', ...props });
  }

  /** A table; one of journals gets its relay, the only thing that publishes its events. */
  table(def: TableDef): ServiceTable {
    const table = new ServiceTable(this, def);
    if (!def.stream) return table;
    const relay = this.fn('relay', {
      entry: 'shared/lambda/relay.ts',
      errorImpact: `What happens in ${this.service} is not passed on: callbacks, escalations and other services wait.`,
    });
    relay.allow(['events:PutEvents'], [this.platform.bus.eventBusArn], { BUS_NAME: this.platform.bus.eventBusName });
    this.reads(relay, table, { parallel: 2 });
    return table;
  }

  /** Feeds a table's new journal events to a function: in order per aggregate, a failing batch cut in half, then set aside. */
  reads(reader: ServiceFunction, { def, table }: ServiceTable, { parallel = 1 } = {}): void {
    const failed = this.dead(`${reader.name}-from-${def.name}-failed`, reader.errorImpact);
    const arn = table.tableStreamArn ?? '';
    reader.allow(['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'], [arn]);
    reader.allow(['sqs:SendMessage'], [failed.queueArn]);
    new DynamoEventSource(table as unknown as ITable, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      parallelizationFactor: parallel,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 20,
      onFailure: new SqsDlq(failed),
      filters: [FilterCriteria.filter(NEW_EVENTS)],
    }).bind(reader.fn);
  }

  /**
   * Where what a function was called with goes when it fails for good. The queue of a rule or schedule gets what could
   * not be handed to the function; what the function itself fails at is the function's own, so it is given the same.
   */
  private failures(fn: ServiceFunction): Queue {
    const dead = this.dead(`${fn.name}-failed`, fn.errorImpact);
    fn.allow(['sqs:SendMessage'], [dead.queueArn]);
    fn.fn.configureAsyncInvoke({
      onFailure: new SqsDestination(dead),
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
    });
    return dead;
  }

  /** This stack's dead letters, for what is sent there under a heading of the runbook. @param means what it means for people */
  protected dead(heading: string, means: string): Queue {
    return DeadLetters.of(this, this.platform.alarms).for(heading, means);
  }

  /** A function that reacts to others' events. */
  on(
    consumer: { name: string; events: readonly EventDef[]; having?: Record<string, string> },
    entry: string,
    props: FnProps,
  ): ServiceFunction {
    const { bus } = this.platform;
    const patterns = patternsOf(consumer.events, consumer.having);
    return this.reacting(
      entry,
      props,
      patterns.map((eventPattern) => ({ eventBus: bus, description: consumer.name, eventPattern })),
    );
  }

  /** A function that reacts to what AWS's own services say, on the account's default bus. */
  onAws(eventPattern: EventPattern, entry: string, props: FnProps): ServiceFunction {
    return this.reacting(entry, props, [{ eventPattern, description: entry }]);
  }

  private reacting(entry: string, props: FnProps, rules: readonly RuleProps[]): ServiceFunction {
    const fn = this.fn(entry, props);
    const queue = this.failures(fn);
    for (const [i, rule] of rules.entries()) {
      new Rule(this, `${fn.node.id}Rule${i === 0 ? '' : i + 1}`, {
        ...rule,
        targets: [
          new LambdaTarget(fn.fn, { deadLetterQueue: queue, retryAttempts: 30, maxEventAge: Duration.hours(24) }),
        ],
      });
    }
    return fn;
  }

  /**
   * The API's routes, as the service declares them, served by one function.
   * @param registry where what their answers have the ids of is called something; none where everybody may call
   */
  routes(routes: readonly RouteDef[], fn: ServiceFunction, registry?: ServiceTable): void {
    fn.fn.addEnvironment('IMPACT', 'asked' satisfies Impact);
    const isNamed = routes.some(({ contentType, who }) => contentType === undefined && who !== 'everybody');
    if (registry && isNamed) fn.may(registry, 'published', 'names').may(this.platform.personal, 'read-many');
    if (routes.some(({ who }) => who !== 'everybody'))
      fn.fn.addEnvironment('ADMIN_SUBJECT', parameter(this, 'AdminSubject').valueAsString);
    if (routes.some(({ who }) => who === 'everybody')) fn.atMost(parameter(this, 'OpenParallel'));
    // One permission for all of its routes: with one for each, a function's policy has no room for them.
    const integration = new HttpLambdaIntegration(`${fn.node.id}Integration`, fn.fn, { scopePermissionToRoute: false });
    const deployed = new Map(routes.map((route) => [`${route.method} ${deployedPath(route, routes)}`, route] as const));
    for (const [key, { method, who }] of deployed) {
      const route = new HttpRoute(this, key, {
        httpApi: this.platform.api,
        routeKey: HttpRouteKey.with(key.slice(method.length + 1), method as HttpMethod),
        integration,
        authorizer: who === 'everybody' ? new HttpNoneAuthorizer() : this.platform.authorizer,
      });
      if (who === 'everybody') {
        this.platform.open.push({ key, route });
        acknowledge(
          route,
          'AwsSolutions-APIG4',
          'Open by design: the description of the API, which holds no data, and what the bearer of a link of their own may see.',
        );
      }
    }
  }

  /** A function called at a steady rate, in UTC. */
  every(interval: Duration, fn: ServiceFunction): void {
    const id = fn.node.id;
    const dead = this.failures(fn);
    const role = new Role(this, `${id}ScheduleRole`, { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fn.fn.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [dead.queueArn] }));
    new CfnSchedule(this, `${id}Schedule`, {
      scheduleExpression: `rate(${interval.toMinutes()} minutes)`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: fn.fn.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: dead.queueArn },
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 600 },
      },
    });
  }

  /** The sweep over the due index: what the timers do, minutes late at worst, with every execution dead. */
  sweep({ every = Duration.millis(SWEEP_EVERY), ...props }: FnProps & { every?: Duration }): ServiceFunction {
    const fn = this.fn('sweep', { timeout: Duration.minutes(5), ...props });
    fn.fn.addEnvironment('DUE_PARTITIONS', parameter(this, 'DuePartitions').valueAsString);
    this.every(every, fn);
    return fn;
  }
}
