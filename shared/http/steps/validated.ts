import type * as z from 'zod';
import { invalid } from '../../domain/refusal.ts';
import type { Person } from '../../people/access.ts';
import type { Clock } from '../../time/clock.ts';
import { asSeen, asSent } from '../../values/plain-text.ts';
import { actionsOf, commandsOn } from '../actions.ts';
import { isPaged, type List, listOf, unsealed } from '../cursor.ts';
import { faultOf } from '../field-rules.ts';
import type { Input, Route } from '../route.ts';
import { isHadWhole } from '../whole-list.ts';
import type { HttpStep, RequestFacts } from './call.ts';

/** Faults of a request that are named. */
const NAMED = 50;

/** Every part of a request against its schema; from here on there is an input. @throws Refusal that names what is wrong */
export const validated = <Deps extends { clock: Clock }>(
  routes: readonly Route<Deps>[],
  deps: Deps,
): HttpStep<Deps> => ({
  before({ event, context }) {
    const { route, person, actor, language, idempotencyKey, sent } = context as RequestFacts<Deps>;
    const params = check('path', route.params, asSeen(event.pathParameters ?? {}));
    const { all, ...asks } = event.queryStringParameters ?? {};
    const isWhole = all !== undefined && isHadWhole(route);
    if (isWhole && (all !== 'true' || asks.after !== undefined))
      throw invalid({ field: 'query.all', rule: 'field.all-from-start' });
    const { query, list } = asked(route, person, params, isWhole ? asks : (event.queryStringParameters ?? {}));
    const body = check('body', route.body, asSent(sent));
    const now = deps.clock();
    const actions = actionsOf(commandsOn(route, routes), deps, { actor, now, language });
    const input = { params, query, body, person, actor, language, now, idempotencyKey, actions };
    context.input = input as unknown as Input<never, never, never>;
    context.list = list;
    context.all = isWhole;
  },
});

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
  return { query: check('query', route.query, { ...(asSeen(others) as object), after: unsealed(list, after) }), list };
};

const check = (where: string, schema: z.ZodType | undefined, value: unknown): unknown => {
  if (!schema) return undefined;
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw invalid(...result.error.issues.slice(0, NAMED).map((issue) => faultOf(where, issue)));
};
