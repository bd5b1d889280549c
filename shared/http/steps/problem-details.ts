import { Refusal } from '../../domain/refusal.ts';
import { errorName, failure, log } from '../../lambda/log.ts';
import { framesOf } from '../../lambda/shell.ts';
import { refusalAnswer } from '../answer.ts';
import type { ApiAnswer, ApiEvent } from '../api-event.ts';
import { problemOf } from '../problem.ts';
import { type Route, routeKey } from '../route.ts';
import type { HttpStep } from './call.ts';
import { languageOf } from './spoken.ts';

/** When it makes sense to ask again under the same key (s): what was begun has come to its end, or never will. */
const AGAIN = 5;

/** A no of any step or of the domain as problem details (RFC 9457); what nobody expected is one, too, and says nothing of itself. */
export const problemDetails: HttpStep<never> = {
  onError(call) {
    const { event, context, error } = call;
    const { route, language = languageOf(event) } = context;
    const about = { route: event.routeKey, staff: context.person?.staff ?? 'nobody' };
    if (error instanceof Refusal) {
      const problem = problemOf(error, language);
      const { status } = problem;
      log(status === 401 || status === 403 ? 'HY-API-3' : 'HY-API-1', { ...about, status, refusal: error.code });
      call.response = refusalAnswer(route, problem, event, language, error.retryAfter);
      return;
    }
    failure('HY-API-2', { ...about, error: errorName(error), at: framesOf(error).join(' ') });
    const problem = problemOf(new Refusal('unexpected', 'request.unexpected'), language);
    call.response = refusalAnswer(route, problem, event, language);
  },
};

/** What whoever waits is told before the gateway gives up: their key says later what came of it. */
export const tooLong = <Deps>(routes: readonly Route<Deps>[], event: ApiEvent): ApiAnswer => {
  const language = languageOf(event);
  const problem = problemOf(new Refusal('too-long', 'request.too-long'), language);
  failure('HY-API-4', { route: event.routeKey, status: problem.status });
  const route = routes.find((one) => routeKey(one) === event.routeKey);
  return refusalAnswer(route, problem, event, language, AGAIN);
};
