import middy from '@middy/core';
import type { ApiAnswer, ApiEvent } from '../http/api-event.ts';
import { delivered } from '../http/delivered.ts';
import { asDeclared } from '../http/deployed.ts';
import type { NamesOf } from '../http/names.ts';
import type { Route } from '../http/route.ts';
import { answered } from '../http/steps/answered.ts';
import { authenticated } from '../http/steps/authenticated.ts';
import { authorized } from '../http/steps/authorized.ts';
import type { RequestFacts } from '../http/steps/call.ts';
import { keyed } from '../http/steps/keyed.ts';
import { problemDetails, tooLong } from '../http/steps/problem-details.ts';
import { routed } from '../http/steps/routed.ts';
import { spoken } from '../http/steps/spoken.ts';
import { validated } from '../http/steps/validated.ts';
import { wholeList } from '../http/whole-list.ts';
import type { Access } from '../people/access.ts';
import type { Clock } from '../time/clock.ts';
import { shell } from './shell.ts';

/**
 * The Lambda entry of a service's API behind API Gateway. The steps are a middy of their own within the shell: time that runs out
 * in one of them is told as well.
 */
export const http = <Deps extends { access: Access; clock: Clock }>(
  routes: readonly Route<Deps>[],
  deps: Deps & { named?: NamesOf },
) => {
  const steps = [
    problemDetails,
    routed(routes),
    spoken,
    authenticated(deps),
    authorized,
    keyed,
    validated(routes, deps),
    answered(deps),
  ];
  const served = middy({ timeoutEarlyInMillis: 0 })
    .use(steps as unknown as middy.MiddlewareObj[])
    .handler((_event, found) => {
      const { route, input, all } = found as unknown as RequestFacts<Deps>;
      return all ? wholeList(route, input, deps) : route.handle(input, deps);
    }) as unknown as (event: ApiEvent, found: Partial<RequestFacts<Deps>>) => Promise<ApiAnswer>;
  const sent = (answer: ApiAnswer, event: ApiEvent) => delivered(answer, event, deps.clock());
  return shell<ApiEvent, ApiAnswer>(async (event) => sent(await served(asDeclared(event), {}), event), {
    origin: ({ requestContext }) => ({ request: requestContext.requestId }),
    tooLate: (event) => sent(tooLong(routes, asDeclared(event)), event),
  });
};
