import type { MachineModel, QueueModel, Role, RuleModel, ScheduleModel, Target } from '../../model.ts';
import { unsupportedStates } from '../asl.ts';
import type { Resource } from '../resource.ts';
import { arnOf, type Fields, type Inventory, list, optional, seconds } from './inventory.ts';
import { roleOf } from './roles.ts';

const DAY_SECONDS = 86_400;

export function buildQueues(inventory: Inventory): QueueModel[] {
  return inventory.ofType('AWS::SQS::Queue').map((resource) => {
    const { properties, identity } = resource;
    const redrive = properties.RedrivePolicy as { deadLetterTargetArn: string; maxReceiveCount: number } | undefined;
    return {
      logicalId: resource.logicalId,
      arn: arnOf(resource),
      url: identity.ref,
      name: String(identity.attributes.QueueName),
      fifo: properties.FifoQueue === true,
      contentDeduplication: properties.ContentBasedDeduplication === true,
      visibility: seconds(properties.VisibilityTimeout, 30),
      retention: seconds(properties.MessageRetentionPeriod, 4 * DAY_SECONDS),
      delay: seconds(properties.DelaySeconds, 0),
      ...optional(
        'redrive',
        redrive && { target: redrive.deadLetterTargetArn, maxReceives: Number(redrive.maxReceiveCount) },
      ),
    };
  });
}

export function buildBuses(inventory: Inventory): { arn: string; name: string }[] {
  const own = inventory.ofType('AWS::Events::EventBus').map((bus) => ({ arn: arnOf(bus), name: bus.identity.ref }));
  return [{ arn: defaultBus(inventory), name: 'default' }, ...own];
}

/** ARN of the bus that every account has, where AWS's own services publish. */
export const defaultBus = ({ region, account }: Inventory): string =>
  `arn:aws:events:${region}:${account}:event-bus/default`;

export function buildRules(inventory: Inventory): RuleModel[] {
  return inventory.ofType('AWS::Events::Rule').map((resource) => {
    const { properties } = resource;
    return {
      arn: arnOf(resource),
      bus: String(properties.EventBusName ?? 'default')
        .split('/')
        .at(-1) as string,
      pattern: properties.EventPattern,
      enabled: properties.State !== 'DISABLED',
      targets: list<Fields>(properties.Targets).map((target) => buildTarget(target)),
    };
  });
}

export function buildSchedules(inventory: Inventory, roles: Map<string, Role>): ScheduleModel[] {
  return inventory.ofType('AWS::Scheduler::Schedule').map((resource) => {
    const { properties } = resource;
    const target = properties.Target as Fields;
    return {
      arn: arnOf(resource),
      name: resource.identity.ref,
      expression: String(properties.ScheduleExpression),
      timezone: String(properties.ScheduleExpressionTimezone ?? 'UTC'),
      enabled: properties.State !== 'DISABLED',
      target: buildTarget(target),
      role: roleOf(inventory, roles, resource, target.RoleArn),
    };
  });
}

/** EventBridge's and Scheduler's defaults agree: 185 attempts within a day. */
function buildTarget(target: Fields): Target {
  const retry = target.RetryPolicy as Fields | undefined;
  const transformer = target.InputTransformer as
    | { InputPathsMap?: Record<string, string>; InputTemplate: string }
    | undefined;
  return {
    arn: String(target.Arn),
    ...optional('input', target.Input as string | undefined),
    ...optional('inputPath', target.InputPath as string | undefined),
    ...optional(
      'inputTransformer',
      transformer && { paths: transformer.InputPathsMap ?? {}, template: transformer.InputTemplate },
    ),
    retries: Number(retry?.MaximumRetryAttempts ?? 185),
    maxAgeMs: seconds(retry?.MaximumEventAgeInSeconds, DAY_SECONDS),
    ...optional('deadLetter', (target.DeadLetterConfig as { Arn: string } | undefined)?.Arn),
    ...optional('messageGroup', (target.SqsParameters as { MessageGroupId: string } | undefined)?.MessageGroupId),
  };
}

export function buildMachines(inventory: Inventory, roles: Map<string, Role>): MachineModel[] {
  return inventory.ofType('AWS::StepFunctions::StateMachine').map((resource) => {
    const definition = parseDefinition(inventory, resource);
    for (const problem of unsupportedStates(definition)) inventory.note(resource, `definition: ${problem}`);
    const timeout = definition.TimeoutSeconds;
    return {
      logicalId: resource.logicalId,
      path: resource.path,
      arn: arnOf(resource),
      name: String(resource.identity.attributes.Name),
      definition,
      role: roleOf(inventory, roles, resource, resource.properties.RoleArn),
      ...optional('timeoutMs', timeout === undefined ? undefined : Number(timeout) * 1000),
    };
  });
}

function parseDefinition(inventory: Inventory, resource: Resource): Fields {
  try {
    return JSON.parse(String(resource.properties.DefinitionString));
  } catch (error) {
    inventory.note(resource, `DefinitionString: ${(error as Error).message}`);
    return { States: {} };
  }
}
