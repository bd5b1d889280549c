import { Refusal } from '../../shared/domain/refusal.ts';
import type { Decision } from '../../shared/journal/aggregate.ts';
import { execute } from '../../shared/journal/execute.ts';
import { consumerFor, idempotencyKeyFor } from '../../shared/lambda/bus.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import { contextOf } from '../../shared/policy/policy-context.ts';
import { callbackOpinionsSettled, callbackPublished, callbackReached, callbackWaived } from '../callbacks/events.ts';
import * as decisions from './decide.ts';
import type { ComplaintEvent } from './events.ts';
import type { Complaints } from './store.ts';

const INSTEAD = { 'callback.published': 'published', 'callback.waived': 'waived' } as const;

/**
 * In: an owner was reached (or the answer published, or the callback waived), or every opinion of theirs is answered
 * and signed. Out: the complaint reopened or ready to be signed. Dated by the event, so that a late delivery doesn't
 * move a deadline.
 */
export const onCallbackResult = consumerFor<{ complaints: Complaints; policies: Policies }>()({
  name: 'complaints-on-callback-result',
  events: [callbackReached, callbackPublished, callbackWaived, callbackOpinionsSettled],
  async handle(event, { complaints, policies }) {
    const { complaint } = event.data;
    const now = event.at;
    const known = await complaints.head(event.site, complaint);
    if (!known.state) throw new Error(`${complaint} has not arrived yet`);
    const context = await contextOf(policies, event.site, known.state.policy);
    await execute(complaints, {
      site: event.site,
      id: complaint,
      now,
      by: event.by,
      idempotencyKey: idempotencyKeyFor(this.name, event.id),
      decide: (state): Decision<ComplaintEvent> => {
        if (event.name !== 'callback.opinions-settled') {
          const said =
            event.name === 'callback.reached'
              ? { rating: event.data.rating, opinions: event.data.opinions.length }
              : { instead: INSTEAD[event.name], opinions: 0 };
          const result = { callback: event.aggregate, ordinal: event.data.ordinal, calledBy: event.by, ...said };
          const newEvents = decisions.callbackReached({ state, now, context }, result);
          return newEvents instanceof Refusal ? newEvents : { events: newEvents };
        }
        if (!state) return { events: [] };
        const { callback, ordinal } = { callback: event.aggregate, ordinal: event.data.ordinal };
        if (state.status === 'resolved' && state.resolutions === ordinal) {
          throw new Error(`${event.id} came before the result it follows`);
        }
        const waiting = callback in state.opinions;
        return { events: waiting ? [{ name: 'complaint.opinions-settled', data: { callback } }] : [] };
      },
    });
  },
});
