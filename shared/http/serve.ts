import { createHash, createHmac } from 'node:crypto';
import type * as z from 'zod';
import { invalid, Refusal } from '../domain/refusal.ts';
import type { Once } from '../journal/execute.ts';
import { errorName, log } from '../lambda/log.ts';
import { framesOf } from '../lambda/shell.ts';
import type { Access, Person } from '../people/access.ts';
import { actorAt } from '../people/actor.ts';
import { isOneOf } from '../people/posts.ts';
import { type Language, preferred } from '../text/catalogue.ts';
import type { Clock } from '../time/clock.ts';
import { asSeen, asSent } from '../values/plain-text.ts';
import { answer, refusalAnswer } from './answer.ts';
import type { ApiAnswer, ApiEvent } from './api-event.ts';
import { isPaged, type List, listOf, opened, withCursor } from './cursor.ts';
import { asDeclared } from './deployed.ts';
import { digest } from './digest.ts';
import { faultOf } from './field-rules.ts';
import { problemOf } from './problem.ts';
import { type Input, isCommand, type Route, routeKey } from './route.ts';
import { sentWith } from './sent.ts';

/** OpenID Connect's own limit for a subject. */
const SUBJECT_MAX = 255;
/** Faults of a request that are named. */
const NAMED = 50;

/**
 * A service's API behind API Gateway: finds the route, checks who calls, checks what they send, calls the handler,
 * and lets nothing out that the answer's schema doesn't declare.
 */
export const serve = <Deps extends { access: Access; clock: Clock }>(routes: readonly Route<Deps>[], deps: Deps) => {
  const byKey = new Map(routes.map((route) => [routeKey(route), route]));

  return async (sent: ApiEvent): Promise<ApiAnswer> => {
    const event = asDeclared(sent);
    const route = byKey.get(event.routeKey);
    let language: Language = preferred(event.headers['accept-language']) ?? 'zh-CN';
    let staff = 'nobody';
    try {
      if (!route) throw new Refusal('not-found', 'request.not-found', { what: event.routeKey });
      const subject = event.requestContext.authorizer?.jwt?.claims.sub;
      const caller = typeof subject === 'string' ? subject : undefined;
      const person = await identify(route, deps, caller);
      staff = person.staff;
      language = preferred(event.headers['accept-language']) ?? person.language;
      const { input, list } = read(route, event, person, caller ?? 'everybody', language, deps.clock);
      const found = await route.handle(input as Input<never, never, never>, deps);
      const result = list ? withCursor(list, found) : found;
      const { site, ...of } = route.personal ? (event.pathParameters ?? {}) : {};
      const whose = route.personal && { site, of: Object.values(of).join(' ') };
      log(whose ? 'HY-PER-1' : 'HY-API-1', { route: event.routeKey, status: route.status, staff, ...whose });
      return answer(route, result, event, language);
    } catch (error) {
      if (error instanceof Refusal) {
        const problem = problemOf(error, language);
        log(problem.status === 401 || problem.status === 403 ? 'HY-API-3' : 'HY-API-1', {
          route: event.routeKey,
          status: problem.status,
          refusal: error.code,
          staff,
        });
        return refusalAnswer(route, problem, event, language, error.retryAfter);
      }
      log('HY-API-2', {
        route: event.routeKey,
        error: errorName(error),
        at: framesOf(error).join(' '),
        staff,
      });
      const problem = problemOf(new Refusal('unexpected', 'request.unexpected'), language);
      return refusalAnswer(route, problem, event, language);
    }
  };
};

const NOBODY: Person = { staff: 'nobody', active: true, language: 'zh-CN', grants: [] };

const identify = async <Deps extends { access: Access }>(
  route: Route<Deps>,
  deps: Deps,
  subject: string | undefined,
) => {
  if (route.who === 'everybody') return NOBODY;
  if (subject === undefined || subject.length > SUBJECT_MAX)
    throw new Refusal('unauthenticated', 'request.unauthenticated');
  const person = await deps.access.person(subject, isCommand(route));
  if (!person) throw new Refusal('forbidden', 'request.forbidden');
  return person;
};

/** Checks the role at the site and every part of the request; the one place per route where both are done. */
const read = <Deps>(
  route: Route<Deps>,
  event: ApiEvent,
  person: Person,
  subject: string,
  language: Language,
  clock: Clock,
) => {
  const site = event.pathParameters?.site;
  // Without a site in the path a role counts only where it is for the whole group; being staff somewhere is being staff.
  const actor = actorAt(person, site ?? '*');
  const here = site === undefined ? person.grants.length : actor.roles.length;
  const allowed = route.who === 'everybody' || (route.who === 'staff' ? here > 0 : isOneOf(route.who, actor));
  const { posts } = route;
  if (!allowed || (posts && !person.grants.some(({ role }) => role in posts)))
    throw new Refusal('forbidden', 'request.forbidden');

  const { body, key } = sentWith(route, event);
  const sent = event.pathParameters ?? {};
  const params = check('path', route.params, asSeen(sent));
  const { query, list } = asked(route, person, params, event.queryStringParameters ?? {});
  const input = {
    params,
    query,
    body: check('body', route.body, asSent(body)),
    person,
    actor,
    language,
    now: clock(),
    once: onceOf(`${subject}#${routeKey(route)}`, key ?? '', { params: sent, body }),
  };
  return { input, list };
};

/** What is asked for; of a list besides what its cursors are sealed with, and `after` as the list's own place. */
const asked = <Deps>(
  route: Route<Deps>,
  { staff }: Person,
  params: unknown,
  sent: Record<string, string | undefined>,
): { query: unknown; list?: List } => {
  if (!isPaged(route)) return { query: check('query', route.query, asSeen(sent)) };
  const { after, ...others } = sent;
  const filters = check('query', route.query, asSeen(others));
  const list = listOf(route, staff, { ...(params as object), ...(filters as object) });
  if (after === undefined) return { query: filters, list };
  return { query: check('query', route.query, { ...(asSeen(others) as object), after: opened(list, after) }), list };
};

const check = (where: string, schema: z.ZodType | undefined, value: unknown): unknown => {
  if (!schema) return undefined;
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw invalid(...result.error.issues.slice(0, NAMED).map((issue) => faultOf(where, issue)));
};

/**
 * What makes a command happen once is kept for good, what people said is not: of the caller's key and of what came under it
 * only digests stand there, the second under the key itself, so that nobody who hasn't the key can check a guess of it.
 */
const onceOf = (scope: string, key: string, sent: unknown): Once => ({
  scope: `${scope}#${createHash('sha256').update(key).digest('base64url')}`,
  body: createHmac('sha256', key).update(digest(sent)).digest('base64url'),
});
