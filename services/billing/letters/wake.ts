import type { Wake } from '../../../shared/journal/aggregate.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { contextOf } from '../../../shared/policy/policy-context.ts';
import { REQUEUE } from './decide.ts';
import type { LetterEvent } from './events.ts';
import { type Letter, letterId } from './letter.ts';
import type { Enqueue } from './mail/queue.ts';
import { lost } from './mail/sending.ts';

/**
 * In: a letter that waits for long to be mailed, or of whose sending nothing was told in time. Out: another message to the
 * mailer, first and any number of times; or a person's task.
 */
export const letterWake =
  ({ policies, enqueue }: { policies: Policies; enqueue: Enqueue }): Wake<Letter, LetterEvent> =>
  async (site, state, now) => {
    if (state.wake === undefined || state.wake > now) return [];
    const context = await contextOf(policies, site, state.policy);
    if (state.status !== 'queued') return lost({ state, now, context });
    await enqueue([{ site, letter: letterId(state, state.ordinal), again: true }]);
    return [{ name: 'letter.requeued', data: { kind: state.kind, wake: now + REQUEUE } }];
  };
