import { createHash, createHmac } from 'node:crypto';
import { invalid } from '../../domain/refusal.ts';
import type { IdempotencyKey } from '../../journal/execute.ts';
import type { ApiEvent } from '../api-event.ts';
import { digest } from '../digest.ts';
import { isCommand, routeKey } from '../route.ts';
import { sentWith } from '../sent.ts';
import type { HttpStep, RequestFacts } from './call.ts';

/** Whose keys they are where nobody signs in. */
const EVERYBODY = 'everybody';

/** The version that a command's giver has seen: `If-Match: "7"`; `*` is any. @throws Refusal for what is none */
const seenBy = ({ headers }: ApiEvent): number | undefined => {
  const match = headers['if-match']?.trim();
  if (match === undefined || match === '' || match === '*') return undefined;
  const [, quoted, version = quoted] = /^(?:"(\d{1,9})"|(\d{1,9}))$/.exec(match) ?? [];
  if (version === undefined) throw invalid({ field: 'header.If-Match', rule: 'field.version' });
  return Number(version);
};

/** What was sent with a command, and what makes it happen once. @throws Refusal for a body or key that can't be read */
export const keyed: HttpStep<never> = {
  before({ event, context }) {
    const { route, caller = EVERYBODY } = context as RequestFacts<never>;
    const { body, key = '' } = sentWith(route, event);
    context.sent = body;
    const once = onceOf(`${caller}#${routeKey(route)}`, key, { params: event.pathParameters ?? {}, body });
    context.idempotencyKey = { ...once, seen: isCommand(route) ? seenBy(event) : undefined };
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
