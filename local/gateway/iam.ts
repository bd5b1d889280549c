/** The template's IAM policies, enforced for every call a function makes. */
import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import type { Deployment, PolicyStatement, Role } from '../model.ts';
import type { Need } from './needs.ts';

/** Condition keys the gateway can tell; a policy that asks for another would be judged wrongly, so it is refused. */
const KNOWN_KEYS = new Set(
  'dynamodb:leadingkeys ses:fromaddress s3:prefix events:source events:detail-type'.split(' '),
);
const SERVED = ['dynamodb', 'events', 'states', 'sqs', 'ses', 's3'];
const OPERATOR = /^(ForAllValues:|ForAnyValue:)?(String(Not)?(Equals|Like|EqualsIgnoreCase)|Null)(IfExists)?$/;

export interface Iam {
  /** Whether the role may; explicit denies included. */
  allows(role: Role, need: Need): Promise<boolean>;
}

/**
 * Prepares the deployment's roles.
 * @throws Error naming every condition key or operator in a function's policies that isn't known here
 */
export function createIam(deployment: Deployment): Iam {
  const problems = deployment.functions.flatMap(({ path, role }) =>
    statementsOf(role)
      .filter(isServed)
      .flatMap((statement) => unknownConditions(statement).map((what) => `${path}: ${what}`)),
  );
  if (problems.length) throw new Error(`IAM conditions that are not known here:\n${problems.join('\n')}`);

  const conditional = new Map<string, boolean>();
  const decisions = new Map<string, boolean>();
  return {
    async allows(role, need) {
      const plain = `${role.arn} ${need.action} ${need.resource}`;
      let depends = conditional.get(plain);
      if (depends === undefined) {
        depends = statementsOf(role).some((statement) => statement.Condition && mayConcern(statement, need.resource));
        conditional.set(plain, depends);
      }
      const key = depends ? `${plain} ${JSON.stringify(need.context)}` : plain;
      let allowed = decisions.get(key);
      if (allowed === undefined) {
        allowed = await simulate(role, need, deployment.account);
        if (decisions.size > 20_000) decisions.clear();
        decisions.set(key, allowed);
      }
      return allowed;
    },
  };
}

async function simulate(role: Role, need: Need, accountId: string): Promise<boolean> {
  const simulation: Simulation = {
    identityPolicies: role.policies.map((policy, index) => ({ name: `${role.name}-${index}`, policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    request: {
      action: need.action,
      principal: role.arn,
      resource: { resource: need.resource, accountId },
      contextVariables: need.context,
    },
  };
  const result = await runSimulation(simulation, {});
  if (result.resultType === 'error') {
    throw new Error(`${need.action} on ${need.resource} can't be judged: ${JSON.stringify(result.errors)}`);
  }
  return result.overallResult === 'Allowed';
}

const asList = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** `Statement` may be a single object in a template. */
const statementsOf = (role: Role): PolicyStatement[] => role.policies.flatMap((policy) => policy.Statement);

function isServed(statement: PolicyStatement): boolean {
  return (
    statement.NotAction !== undefined ||
    asList(statement.Action).some((action) =>
      SERVED.some((service) => action === '*' || action.startsWith(`${service}:`)),
    )
  );
}

/** Whether a statement can be about a resource at all; those with wildcards, or that name none, are taken to be. */
function mayConcern(statement: PolicyStatement, resource: string): boolean {
  const named = statement.Resource === undefined ? undefined : asList(statement.Resource);
  return named?.every((one) => one !== resource && !/[*?$]/.test(one)) !== true;
}

function unknownConditions(statement: PolicyStatement): string[] {
  return Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) => [
    ...(OPERATOR.test(operator) ? [] : [`operator ${operator}`]),
    ...Object.keys(keys).filter((key) => !KNOWN_KEYS.has(key.toLowerCase())),
  ]);
}
