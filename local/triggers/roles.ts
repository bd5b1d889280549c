import { createIam } from '../gateway/iam.ts';
import type { Deployment, Role } from '../model.ts';

/**
 * State machines and schedules act in roles of their own, without a call that passes the gateway: what those roles must
 * allow is checked once. Gives the missing grants in words.
 */
export async function missingGrants(deployment: Deployment): Promise<string[]> {
  const iam = createIam(deployment);
  const needs: { who: string; role: Role; action: string; resource: string }[] = [
    ...deployment.machines.flatMap((machine) =>
      lambdaArns(machine.definition).map((resource) => {
        return { who: machine.path, role: machine.role, action: 'lambda:InvokeFunction', resource };
      }),
    ),
    ...deployment.schedules.map(({ name, role, target }) => {
      return { who: `schedule ${name}`, role, action: deliveryAction(target.arn), resource: target.arn };
    }),
  ];
  const missing: string[] = [];
  for (const { who, role, action, resource } of needs) {
    if (!(await iam.allows(role, { action, resource, context: {} })))
      missing.push(`${who} may not ${action} ${resource}`);
  }
  return missing;
}

/** What delivering to a target needs. */
function deliveryAction(targetArn: string): string {
  const service = targetArn.split(':')[2];
  if (service === 'sqs') return 'sqs:SendMessage';
  return service === 'states' ? 'states:StartExecution' : 'lambda:InvokeFunction';
}

function lambdaArns(value: unknown): string[] {
  if (typeof value === 'string') return /^arn:[^:]+:lambda:/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(lambdaArns) : [];
}
