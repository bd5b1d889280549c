import { derivedId } from '../../shared/domain/ids.ts';
import type { Obligation } from '../../shared/domain/obligation.ts';
import type { Decision } from '../../shared/journal/aggregate.ts';
import { execute } from '../../shared/journal/execute.ts';
import { consumerFor, idempotencyKeyFor } from '../../shared/lambda/bus.ts';
import type { Holder } from '../../shared/people/access.ts';
import type { Position, Role } from '../../shared/people/positions.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import { contextAt } from '../../shared/policy/policy-context.ts';
import { localDay } from '../../shared/time/clock.ts';
import { contactRouted } from '../intake/events.ts';
import { owe } from './duties.ts';
import { type ComplaintEvent, complaintKind } from './events.ts';
import type { Complaints } from './store.ts';

/** Who holds a position at a site, `*` the group, today. */
export type RosterOf = (
  site: string,
  position: Position,
) => Promise<Pick<Holder, 'staff' | 'department' | 'standsIn'>[]>;
/** Positions that owe something of a complaint, or hear of it when it is late. */
const ROLES_OF_COMPLAINTS: Role[] = ['department-head', 'supervisor', 'centre-manager', 'site-director'];

/** Positions at a site that somebody holds and nobody else, not even for the whole group; whoever stands in for a while doesn't count. */
const aloneIn = async (roster: RosterOf, site: string, staff: string): Promise<Position[]> => {
  const found = await Promise.all(
    ROLES_OF_COMPLAINTS.map(async (role) => {
      const own = async (at: string) => (await roster(at, { role })).filter(({ standsIn }) => !standsIn);
      const here = await own(site);
      if (here.length > 0 && !here.some((one) => one.staff === staff)) return [];
      const all = [...here, ...(await own('*'))];
      const theirs = all.filter((one) => one.staff === staff);
      return theirs
        .filter(({ department }) => all.every((one) => one.staff === staff || one.department !== department))
        .map(({ department }): Position => (department === undefined ? { role } : { role, department }));
    }),
  );
  return found.flat();
};

/** In: a contact routed as a complaint. Out: the complaint, registered. Its id follows from the contact's: one each. */
export const onContactRouted = consumerFor<{ complaints: Complaints; policies: Policies; roster: RosterOf }>()({
  name: 'complaints-on-contact-routed',
  events: [contactRouted],
  async handle(event, { complaints, policies, roster }) {
    const { as, kind, ...routed } = event.data;
    if (as !== 'complaint') return;
    const context = await contextAt(policies, event.site, event.at);
    const alone = routed.about && (await aloneIn(roster, event.site, routed.about.staff));
    const [judge, close] = (['judge', 'close'] as const).map((duty) =>
      owe(duty, event.at, context, undefined, alone),
    ) as [Obligation, Obligation];
    await execute(complaints, {
      site: event.site,
      id: derivedId('complaint', event.aggregate),
      now: event.at,
      by: event.by,
      idempotencyKey: idempotencyKeyFor(this.name, event.id),
      numberedOn: localDay(event.at, context.zone),
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
                  about: routed.about && { ...routed.about, ...(alone && alone.length > 0 ? { alone } : {}) },
                  unit: routed.unit,
                  party: routed.party,
                  anonymous: routed.anonymous,
                  confidential: routed.confidential,
                  callable: routed.callable,
                  receivedBy: routed.receivedBy,
                  registeredBy: event.by,
                  policy: context.version,
                  closeDue: close.due,
                  opens: [judge, close],
                },
              },
            ],
      }),
    });
  },
});
