import { type Directory, unitById } from '../../../shared/directory/units.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { consumerFor } from '../../../shared/lambda/bus.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { type Clock, daysBetween, localDay } from '../../../shared/time/clock.ts';
import { buildingOf } from '../../../shared/values/place.ts';
import { complaintRegistered } from '../../complaints/events.ts';
import { alertId } from './alert.ts';
import { calledFor, raise } from './decide.ts';
import type { Alerts } from './store.ts';
import { complaintOf, unitWatched } from './watch.ts';
import type { Watch } from './watch-store.ts';

export interface RegisteredDeps {
  alerts: Alerts;
  watch: Watch;
  policies: Policies;
  directory: Directory;
  clock: Clock;
}

/**
 * In: a complaint registered. Out: it is watched, by its kind and by its building, and what its day then calls for is
 * raised: a major event (重大事件), an unusual rise. Also where it was watched before: whoever died in between comes again.
 */
export const onComplaintRegistered = consumerFor<RegisteredDeps>()({
  name: 'alerts-on-complaint-registered',
  events: [complaintRegistered],
  async handle(event, { alerts, watch, policies, directory, clock }) {
    const { site, at, data } = event;
    const context = await contextAt(policies, site, at);
    const day = localDay(at, context.zone);
    const since = daysBetween(await watch.since(site, day), day);
    const unit = unitWatched(data);
    const place = unit === undefined ? undefined : await unitById(directory, site, unit);
    const places = [
      { of: 'kind' as const, value: data.kind },
      ...(place === undefined ? [] : [{ of: 'building' as const, value: buildingOf(place) }]),
    ];
    for (const { of, value } of places) {
      const there = await watch.take(site, of, value, { ...complaintOf(event), day });
      for (const seen of calledFor({ day, of, value }, there, context, since)) {
        const now = clock();
        await execute(alerts, {
          site,
          id: alertId(seen),
          now,
          by: 'system:alerts',
          decide: (state) => raise(state, seen, now, context),
        });
      }
    }
  },
});
