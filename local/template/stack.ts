/** One stack with its parameters given: evaluates conditions, names resources, resolves their properties. */
import { createHash } from 'node:crypto';
import type { StackFiles, TemplateParameter } from './assembly.ts';
import { evaluate, type Scope } from './intrinsics.ts';
import type { Endpoints, Identity, Resource, Self } from './resource.ts';
import { violations } from './shape.ts';
import { RESOURCE_TYPES } from './types/index.ts';

export interface StackSettings {
  account: string;
  region: string;
  endpoints: Endpoints;
  parameters: Record<string, string>;
  /** Exports of the stacks read before. */
  exports: Map<string, unknown>;
}

export interface StackResult {
  resources: Resource[];
  outputs: Record<string, string>;
  problems: string[];
}

/** Resolves a whole stack; its exports are added to `settings.exports`. Problems are returned, not thrown. */
export function resolveStack(files: StackFiles, settings: StackSettings): StackResult {
  const { name: stack, template } = files;
  const problems: string[] = [];
  const attempt = <T>(where: string, what: () => T): T | undefined => {
    try {
      return what();
    } catch (error) {
      problems.push(`${where}: ${(error as Error).message}`);
      return undefined;
    }
  };
  const scope = scopeOf(files, settings);

  const resources: Resource[] = [];
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const where = `${stack}/${logicalId} (${resource.Type})`;
    if (resource.Condition && !attempt(where, () => scope.condition(resource.Condition as string))) continue;
    const type = RESOURCE_TYPES.get(resource.Type);
    if (!type) {
      problems.push(`${where}: unknown resource type`);
      continue;
    }
    const properties = attempt(where, () => evaluate(resource.Properties ?? {}, scope)) as Record<string, unknown>;
    if (!properties) continue;
    problems.push(...violations(type.shape, properties).map((violation) => `${where}: ${violation}`));
    const path = files.paths.get(logicalId) ?? `${stack}/${logicalId}`;
    const identity = attempt(where, () => scope.identity(logicalId));
    if (identity) resources.push({ stack, logicalId, path, type: resource.Type, properties, identity });
  }

  const outputs: Record<string, string> = {};
  for (const [key, output] of Object.entries(template.Outputs ?? {})) {
    attempt(`${stack} output ${key}`, () => {
      if (output.Condition && !scope.condition(output.Condition)) return;
      const value = evaluate(output.Value, scope);
      outputs[key] = String(value);
      if (output.Export) settings.exports.set(String(evaluate(output.Export.Name, scope)), value);
    });
  }
  return { resources, outputs, problems };
}

function scopeOf(files: StackFiles, settings: StackSettings): Scope & { identity(logicalId: string): Identity } {
  const { name: stack, template } = files;
  const { account, region } = settings;
  const pseudo: Record<string, unknown> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stack}/0`,
    'AWS::NoValue': undefined,
  };
  const conditions = new Map<string, boolean>();
  const identities = new Map<string, Identity>();

  const scope = {
    ref(name: string): unknown {
      if (Object.hasOwn(pseudo, name)) return pseudo[name];
      const parameter = template.Parameters?.[name];
      return parameter ? parameterValue(name, parameter, settings.parameters[name]) : scope.identity(name).ref;
    },
    att(logicalId: string, attribute: string): unknown {
      const { attributes } = scope.identity(logicalId);
      if (!Object.hasOwn(attributes, attribute)) {
        throw new Error(`${logicalId} (${template.Resources[logicalId]?.Type}) has no attribute ${attribute} here`);
      }
      return attributes[attribute];
    },
    condition(name: string): boolean {
      let value = conditions.get(name);
      if (value === undefined) {
        if (!Object.hasOwn(template.Conditions ?? {}, name)) throw new Error(`no condition ${name}`);
        value = evaluate(template.Conditions?.[name], scope) === true;
        conditions.set(name, value);
      }
      return value;
    },
    imported(name: string): unknown {
      if (!settings.exports.has(name)) throw new Error(`nothing is exported as ${name}`);
      return settings.exports.get(name);
    },
    mapping(map: string, first: string, second: string): unknown {
      const value = template.Mappings?.[map]?.[first]?.[second];
      if (value === undefined) throw new Error(`no mapping ${map}.${first}.${second}`);
      return value;
    },
    identity(logicalId: string): Identity {
      const known = identities.get(logicalId);
      if (known) return known;
      const resource = template.Resources[logicalId];
      const type = resource && RESOURCE_TYPES.get(resource.Type);
      if (!type) throw new Error(`there is no ${logicalId}${resource ? ` (unknown type ${resource.Type})` : ''}`);
      if (resource.Condition && !scope.condition(resource.Condition)) {
        throw new Error(`${logicalId} doesn't exist: condition ${resource.Condition} is false`);
      }
      const property = (name: string) => evaluate(resource.Properties?.[name], scope);
      const self: Self = {
        logicalId,
        account,
        region,
        endpoints: settings.endpoints,
        property,
        name: (given, max = 255) =>
          (given === undefined ? undefined : (property(given) as string | undefined)) ??
          generatedName(stack, logicalId, max),
      };
      const identity = type.identify(self);
      identities.set(logicalId, identity);
      return identity;
    },
  };
  return scope;
}

function generatedName(stack: string, logicalId: string, max: number): string {
  const name = `${stack}-${logicalId}`;
  if (name.length <= max) return name;
  // CloudFormation cuts too, and adds something random; here the same template gives the same name.
  return `${name.slice(0, max - 9)}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

function parameterValue(name: string, parameter: TemplateParameter, given: string | undefined): unknown {
  const value = given ?? parameter.Default;
  const refuse = (why: string) => new Error(`parameter ${name}: ${why}`);
  if (value === undefined) throw refuse('has no value and no default');
  const text = String(value);
  if (parameter.AllowedValues && !parameter.AllowedValues.map(String).includes(text)) {
    throw refuse(`"${text}" is none of ${parameter.AllowedValues.join(', ')}`);
  }
  if (parameter.AllowedPattern && !new RegExp(`^(?:${parameter.AllowedPattern})$`).test(text)) {
    throw refuse(`"${text}" doesn't match ${parameter.AllowedPattern}`);
  }
  if (text.length < (parameter.MinLength ?? 0) || text.length > (parameter.MaxLength ?? Infinity)) {
    throw refuse(`"${text}" has the wrong length`);
  }
  switch (parameter.Type) {
    case 'String':
      return text;
    case 'Number':
      if (text === '' || Number.isNaN(Number(text))) throw refuse(`"${text}" is no number`);
      if (Number(text) < (parameter.MinValue ?? -Infinity) || Number(text) > (parameter.MaxValue ?? Infinity)) {
        throw refuse(`${text} is out of range`);
      }
      return text;
    case 'CommaDelimitedList':
      return text.split(',').map((part) => part.trim());
    default:
      throw refuse(`type ${parameter.Type} is not known here`);
  }
}
