import type { Decision } from '../../shared/journal/aggregate.ts';
import { execute } from '../../shared/journal/execute.ts';
import { consumerFor, idempotencyKeyFor } from '../../shared/lambda/bus.ts';
import { complaintAccepted, complaintFoundNotValid } from '../complaints/events.ts';
import { complaintTakenOn } from './decide.ts';
import type { ContactEvent } from './events.ts';
import type { Contacts } from './store.ts';

/**
 * In: a department accepted a complaint, or it was found not valid. Out: the contact it came from is accepted and the
 * first asked relieved (首问责任制). Dated by the event, so that a late delivery makes nobody late.
 */
export const onComplaintProgress = consumerFor<{ contacts: Contacts }>()({
  name: 'intake-on-complaint-progress',
  events: [complaintAccepted, complaintFoundNotValid],
  async handle(event, { contacts }) {
    await execute(contacts, {
      site: event.site,
      id: event.data.contact,
      now: event.at,
      by: event.by,
      idempotencyKey: idempotencyKeyFor(this.name, event.id),
      decide: (state): Decision<ContactEvent> => {
        if (!state) throw new Error(`${event.data.contact} has not arrived yet`);
        const accepted = event.name === 'complaint.accepted' ? event.data : undefined;
        return { events: complaintTakenOn(state, accepted) };
      },
    });
  },
});
