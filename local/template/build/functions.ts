import { existsSync } from 'node:fs';
import type { FunctionModel, Role, StreamMapping } from '../../model.ts';
import type { Resource } from '../resource.ts';
import { arnOf, type Fields, type Inventory, optional, seconds } from './inventory.ts';
import { roleOf } from './roles.ts';

const HOUR = 3_600_000;

export function buildFunctions(inventory: Inventory, roles: Map<string, Role>): FunctionModel[] {
  const asyncConfigs = inventory.ofType('AWS::Lambda::EventInvokeConfig');
  return inventory.ofType('AWS::Lambda::Function').map((resource) => {
    const { properties, identity } = resource;
    const key = String((properties.Code as Fields | undefined)?.S3Key);
    const code = inventory.assets.get(key);
    if (!code || !existsSync(code)) inventory.note(resource, `code asset ${key} is not in the assembly`);
    const config = asyncConfigs.find(({ properties: { FunctionName: name } }) =>
      [identity.ref, arnOf(resource)].includes(String(name)),
    )?.properties;
    const reserved = properties.ReservedConcurrentExecutions;
    return {
      logicalId: resource.logicalId,
      path: resource.path,
      arn: arnOf(resource),
      name: identity.ref,
      code: code ?? '',
      handler: String(properties.Handler),
      memoryMb: Number(properties.MemorySize ?? 128),
      timeoutMs: seconds(properties.Timeout, 3),
      environment: variables(properties.Environment),
      role: roleOf(inventory, roles, resource, properties.Role),
      logsInvocations: logsInvocations(properties.LoggingConfig),
      ...optional('reservedConcurrency', reserved === undefined ? undefined : Number(reserved)),
      async: {
        retries: Number(config?.MaximumRetryAttempts ?? 2),
        maxAgeMs: seconds(config?.MaximumEventAgeInSeconds, (6 * HOUR) / 1000),
        ...optional('onFailure', asyncFailure(resource, config)),
      },
    };
  });
}

/** Lambda's own lines of a level are left out in its JSON format only. */
function logsInvocations(logging: unknown): boolean {
  const { LogFormat: format, SystemLogLevel: level } = (logging ?? {}) as Fields;
  return !(format === 'JSON' && level === 'WARN');
}

function variables(environment: unknown): Record<string, string> {
  const given = (environment as { Variables?: Fields } | undefined)?.Variables ?? {};
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
}

function asyncFailure(resource: Resource, config: Fields | undefined): string | undefined {
  const destination = config?.DestinationConfig as { OnFailure?: { Destination: string } } | undefined;
  const deadLetter = resource.properties.DeadLetterConfig as { TargetArn: string } | undefined;
  return destination?.OnFailure?.Destination ?? deadLetter?.TargetArn;
}

export function buildMappings(inventory: Inventory): StreamMapping[] {
  return inventory.ofType('AWS::Lambda::EventSourceMapping').map((resource) => {
    const { properties } = resource;
    const handler = inventory.find('AWS::Lambda::Function', properties.FunctionName, resource);
    const source = String(properties.EventSourceArn);
    const isQueue = source.startsWith('arn:aws:sqs:');
    const number = (name: string, fallback: number) => Number(properties[name] ?? fallback);
    const age = number('MaximumRecordAgeInSeconds', -1);
    const filters = properties.FilterCriteria as { Filters: { Pattern: string }[] } | undefined;
    const destination = properties.DestinationConfig as { OnFailure?: { Destination: string } } | undefined;
    const scaling = properties.ScalingConfig as { MaximumConcurrency?: number | string } | undefined;
    return {
      source,
      functionArn: handler ? arnOf(handler) : '',
      batchSize: number('BatchSize', isQueue ? 10 : 100),
      batchingWindow: number('MaximumBatchingWindowInSeconds', 0) * 1000,
      ...optional('startingPosition', properties.StartingPosition as 'LATEST' | undefined),
      parallelization: number('ParallelizationFactor', 1),
      retries: number('MaximumRetryAttempts', -1),
      maxRecordAge: age < 0 ? -1 : age * 1000,
      bisect: properties.BisectBatchOnFunctionError === true,
      partialFailures: properties.FunctionResponseTypes !== undefined,
      filters: (filters?.Filters ?? []).map(({ Pattern }) => JSON.parse(Pattern)),
      ...optional('onFailure', destination?.OnFailure?.Destination),
      // A parameter's value is text.
      ...(scaling?.MaximumConcurrency ? { maxConcurrency: Number(scaling.MaximumConcurrency) } : {}),
    };
  });
}
