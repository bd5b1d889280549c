import type { PolicyDocument, Role } from '../../model.ts';
import type { Resource } from '../resource.ts';
import { arnOf, type Fields, type Inventory, list } from './inventory.ts';

const allow = (...actions: string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});

/** The AWS managed policies that may be attached, as AWS documents them. */
const AWS_MANAGED: Record<string, PolicyDocument> = {
  'service-role/AWSLambdaBasicExecutionRole': allow('logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'),
  AWSXRayDaemonWriteAccess: allow('xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules'),
};

/** Every role by ARN, with its inline, attached and named policies. */
export function buildRoles(inventory: Inventory): Map<string, Role> {
  const roles = new Map<string, Role>();
  const byName = new Map<string, Role>();
  const managed = new Map(inventory.ofType('AWS::IAM::ManagedPolicy').map((policy) => [policy.identity.ref, policy]));

  for (const resource of inventory.ofType('AWS::IAM::Role')) {
    const policies = list<Fields>(resource.properties.Policies).map(
      (policy) => policy.PolicyDocument as PolicyDocument,
    );
    for (const reference of list<string>(resource.properties.ManagedPolicyArns)) {
      const own = managed.get(reference)?.properties.PolicyDocument as PolicyDocument | undefined;
      const known = own ?? AWS_MANAGED[reference.replace('arn:aws:iam::aws:policy/', '')];
      if (known) policies.push(known);
      else inventory.note(resource, `managed policy ${reference} is not known here`);
    }
    const role = { arn: arnOf(resource), name: resource.identity.ref, policies };
    roles.set(role.arn, role);
    byName.set(role.name, role);
  }
  for (const policy of [...inventory.ofType('AWS::IAM::Policy'), ...managed.values()]) {
    for (const name of list<string>(policy.properties.Roles)) {
      const role = byName.get(name);
      if (role) role.policies.push(policy.properties.PolicyDocument as PolicyDocument);
      else inventory.note(policy, `attached to ${name}, which is no role of this deployment`);
    }
  }
  return roles;
}

/** The role a resource assumes; a missing one is a problem, answered with an empty role so that reading goes on. */
export function roleOf(inventory: Inventory, roles: Map<string, Role>, resource: Resource, roleArn: unknown): Role {
  const role = roles.get(String(roleArn));
  if (role) return role;
  inventory.note(resource, `role ${JSON.stringify(roleArn)} is not part of this deployment`);
  return { arn: String(roleArn), name: '', policies: [] };
}
