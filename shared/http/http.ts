import { Refusal } from '../domain/refusal.ts';
import { log } from '../lambda/log.ts';
import { shell } from '../lambda/shell.ts';
import type { Access } from '../people/access.ts';
import { preferred } from '../text/catalogue.ts';
import type { Clock } from '../time/clock.ts';
import { refusalAnswer } from './answer.ts';
import type { ApiAnswer, ApiEvent } from './api-event.ts';
import { problemOf } from './problem.ts';
import { type Route, routeKey } from './route.ts';
import { serve } from './serve.ts';

/** So long before a function's end (ms) whoever waits is told that it takes too long: after it they would hear nothing. */
const BEFORE = 1_000;
/** When it makes sense to ask again under the same key (s): what was begun has come to its end, or never will. */
const AGAIN = 5;

/** The Lambda entry of a service's API. */
export const http = <Deps extends { access: Access; clock: Clock }>(routes: readonly Route<Deps>[], deps: Deps) => {
  return shell(serve(routes, deps), { before: BEFORE, answer: (event) => tooLong(routes, event) });
};

const tooLong = <Deps>(routes: readonly Route<Deps>[], event: ApiEvent): ApiAnswer => {
  const language = preferred(event.headers['accept-language']) ?? 'zh-CN';
  const problem = problemOf(new Refusal('too-long', 'request.too-long'), language);
  log('HY-API-4', { route: event.routeKey, status: problem.status, request: event.requestContext.requestId });
  const route = routes.find((one) => routeKey(one) === event.routeKey);
  return refusalAnswer(route, problem, event, language, AGAIN);
};
