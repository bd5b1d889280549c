import { derivedId } from '../../shared/domain/ids.ts';
import type { Decision } from '../../shared/journal/aggregate.ts';
import { execute } from '../../shared/journal/execute.ts';
import { consumerFor, idempotencyKeyFor } from '../../shared/lambda/bus.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import { contextOf } from '../../shared/policy/policy-context.ts';
import { localDay } from '../../shared/time/clock.ts';
import { complaintResolved } from '../complaints/events.ts';
import { oweCall } from './duties.ts';
import type { CallbackEvent } from './events.ts';
import type { Callbacks } from './store.ts';

/** In: a complaint resolved. Out: one callback for that resolution, due 48 h after it, however late this runs. */
export const onComplaintResolved = consumerFor<{ callbacks: Callbacks; policies: Policies }>()({
  name: 'callbacks-on-complaint-resolved',
  events: [complaintResolved],
  async handle(event, { callbacks, policies }) {
    const { ordinal, department, unit, party, anonymous, concealed, callable, accused, alone, notBy, policy } =
      event.data;
    const context = await contextOf(policies, event.site, policy);
    const owed = oweCall(callable ? 'call' : 'publish', event.at, context);
    await execute(callbacks, {
      site: event.site,
      id: derivedId('callback', event.aggregate, ordinal),
      now: event.at,
      by: event.by,
      idempotencyKey: idempotencyKeyFor(this.name, event.id),
      numberedOn: localDay(event.at, context.zone),
      decide: (state): Decision<CallbackEvent> => ({
        events: state
          ? []
          : [
              {
                name: 'callback.opened',
                data: {
                  complaint: event.aggregate,
                  ordinal,
                  resolvedAt: event.at,
                  due: owed.due,
                  department,
                  unit,
                  party,
                  accused,
                  alone,
                  notBy,
                  policy,
                  anonymous,
                  concealed,
                  public: !callable,
                  opens: [owed],
                },
              },
            ],
      }),
    });
  },
});
