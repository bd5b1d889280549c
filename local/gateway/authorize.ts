import { AwsError } from '../aws-error.ts';
import type { Deployment } from '../model.ts';
import { createIam } from './iam.ts';
import { needsOf } from './needs.ts';
import type { AwsRequest } from './request.ts';

export interface Denial {
  function: string;
  action: string;
  resource: string;
  /** Clock time, ms. */
  at: number;
}

/**
 * Judges calls by the roles of who makes them; `root` may all.
 * @throws Error when a function's policies hold a condition that can't be judged here
 */
export function createAuthorize(deployment: Deployment, clock: { now(): number }) {
  const iam = createIam(deployment);
  /** What the template's policies refused, oldest first. */
  const denials: Denial[] = [];
  const functions = new Map(deployment.functions.map((one) => [one.name, one]));

  /** @throws AwsError for what its caller may not */
  const authorize = async (request: AwsRequest) => {
    const needs = needsOf(deployment, request);
    if (request.principal === 'root') return;
    const caller = functions.get(request.principal);
    if (!caller) {
      throw new AwsError('UnrecognizedClientException', `there is no function ${request.principal}`, 403);
    }
    for (const need of needs) {
      if (await iam.allows(caller.role, need)) continue;
      denials.push({ function: caller.name, action: need.action, resource: need.resource, at: clock.now() });
      const who = `arn:aws:sts::${deployment.account}:assumed-role/${caller.role.name}/${caller.name}`;
      const message = `User: ${who} is not authorized to perform: ${need.action} on resource: ${need.resource}`;
      throw new AwsError(
        request.service === 'ses' || request.service === 's3' ? 'AccessDenied' : 'AccessDeniedException',
        message,
        403,
      );
    }
  };
  return { authorize, denials };
}
