import { createHash, createHmac } from 'node:crypto';
import type { IdempotencyKey } from '../../journal/execute.ts';
import { digest } from '../digest.ts';
import { routeKey } from '../route.ts';
import { sentWith } from '../sent.ts';
import type { HttpStep, RequestFacts } from './call.ts';

/** Whose keys they are where nobody signs in. */
const EVERYBODY = 'everybody';

/** What was sent with a command, and what makes it happen once. @throws Refusal for a body or key that can't be read */
export const keyed: HttpStep<never> = {
  before({ event, context }) {
    const { route, caller = EVERYBODY } = context as RequestFacts<never>;
    const { body, key = '' } = sentWith(route, event);
    context.sent = body;
    context.idempotencyKey = onceOf(`${caller}#${routeKey(route)}`, key, { params: event.pathParameters ?? {}, body });
  },
};

/**
 * What makes a command happen once is kept for good, what people said is not: of the caller's key and of what came under it
 * only digests stand there, the second under the key itself, so that nobody who hasn't the key can check a guess of it.
 */
const onceOf = (scope: string, key: string, sent: unknown): IdempotencyKey => ({
  scope: `${scope}#${createHash('sha256').update(key).digest('base64url')}`,
  body: createHmac('sha256', key).update(digest(sent)).digest('base64url'),
});
