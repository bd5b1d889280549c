import { derivedId } from '../../shared/domain/ids.ts';
import type { Decision } from '../../shared/journal/aggregate.ts';
import { execute } from '../../shared/journal/execute.ts';
import { consumerFor, onceFor } from '../../shared/lambda/bus.ts';
import { groundAt } from '../../shared/policy/ground.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import { contactRouted } from '../intake/events.ts';
import { owe } from './duties.ts';
import { type ComplaintEvent, complaintKind } from './events.ts';
import type { Complaints } from './store.ts';

/** In: a contact routed as a complaint. Out: the complaint, registered. Its id follows from the contact's: one each. */
export const onContactRouted = consumerFor<{ complaints: Complaints; policies: Policies }>()({
  name: 'complaints-on-contact-routed',
  events: [contactRouted],
  async handle(event, { complaints, policies }) {
    const { as, kind, ...routed } = event.data;
    if (as !== 'complaint') return;
    const ground = await groundAt(policies, event.site, event.at);
    const close = owe('close', event.at, ground);
    await execute(complaints, {
      site: event.site,
      id: derivedId('complaint', event.aggregate),
      now: event.at,
      by: event.by,
      once: onceFor(this.name, event.id),
      decide: (state): Decision<ComplaintEvent> => ({
        events: state
          ? []
          : [
              {
                name: 'complaint.registered',
                data: {
                  contact: event.aggregate,
                  kind: complaintKind.parse(kind),
                  words: routed.words,
                  department: routed.department,
                  about: routed.about,
                  unit: routed.unit,
                  party: routed.party,
                  anonymous: routed.anonymous,
                  confidential: routed.confidential,
                  callable: routed.callable,
                  receivedBy: routed.receivedBy,
                  registeredBy: event.by,
                  policy: ground.version,
                  closeDue: close.due,
                  opens: [owe('judge', event.at, ground), close],
                },
              },
            ],
      }),
    });
  },
});
