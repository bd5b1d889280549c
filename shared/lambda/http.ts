import { Refusal } from '../domain/refusal.ts';
import { refusalAnswer } from '../http/answer.ts';
import type { ApiAnswer, ApiEvent } from '../http/api-event.ts';
import { asDeclared } from '../http/deployed.ts';
import { problemOf } from '../http/problem.ts';
import { type Route, routeKey } from '../http/route.ts';
import { serve } from '../http/serve.ts';
import type { Access } from '../people/access.ts';
import { preferred } from '../text/catalogue.ts';
import type { Clock } from '../time/clock.ts';
import { log } from './log.ts';
import { shell } from './shell.ts';

/** When it makes sense to ask again under the same key (s): what was begun has come to its end, or never will. */
const AGAIN = 5;

/** The Lambda entry of a service's API. */
export const http = <Deps extends { access: Access; clock: Clock }>(routes: readonly Route<Deps>[], deps: Deps) =>
  shell<ApiEvent, ApiAnswer>(serve(routes, deps), {
    origin: ({ requestContext }) => ({ request: requestContext.requestId }),
    tooLate: (event) => tooLong(routes, event),
  });

const tooLong = <Deps>(routes: readonly Route<Deps>[], sent: ApiEvent): ApiAnswer => {
  const event = asDeclared(sent);
  const language = preferred(event.headers['accept-language']) ?? 'zh-CN';
  const problem = problemOf(new Refusal('too-long', 'request.too-long'), language);
  log('HY-API-4', { route: event.routeKey, status: problem.status });
  const route = routes.find((one) => routeKey(one) === event.routeKey);
  return refusalAnswer(route, problem, event, language, AGAIN);
};
