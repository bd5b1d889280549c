import { consumerFor } from '../../../../shared/lambda/bus.ts';
import { letterResendDecided, runmailMovedToPaper, runmailResumed } from '../events.ts';
import type { Letters } from '../store.ts';
import type { Enqueue } from './queue.ts';

/** Letters read in one go. */
const PAGE = 100;

/**
 * In: somebody decided that a letter is sent again, or what becomes of the waiting letters of a run. Out: each of them in
 * the mailer's queue, which knows what to do with it. Begun anew it queues again, which is harmless.
 */
export const onMailDecided = consumerFor<{ letters: Letters; enqueue: Enqueue }>()({
  name: 'billing-on-mail-decided',
  events: [letterResendDecided, runmailResumed, runmailMovedToPaper],
  async handle({ name, site, aggregate }, { letters, enqueue }) {
    if (name === 'letter.resend-decided') return enqueue([{ site, letter: aggregate }]);
    for (let after: string | undefined, more = true; more; ) {
      const page = await letters.list(site, false, PAGE, after);
      const waiting = page.items.filter(({ state }) => state?.run === aggregate && state.status === 'queued');
      await enqueue(waiting.map(({ id }) => ({ site, letter: id })));
      after = page.next;
      more = after !== undefined;
    }
  },
});
