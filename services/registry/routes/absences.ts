import * as z from 'zod';
import { invalid, notFound, Refusal } from '../../../shared/domain/refusal.ts';
import { routesFor } from '../../../shared/http/route.ts';
import { dayIn, idParam } from '../../../shared/http/schemas.ts';
import type { IdempotencyKey } from '../../../shared/journal/execute.ts';
import type { Grant } from '../../../shared/people/access.ts';
import { addDays, type Day, daysBetween, localDay, startOfDay } from '../../../shared/time/clock.ts';
import { EVERYWHERE } from '../group.ts';
import { mayManage, STAFF_MANAGERS } from '../managing.ts';
import type { Staff } from '../staff.ts';
import { standIn, stoodIn } from '../stand-in.ts';
import type { Deps } from './deps.ts';
import { does, one, staffOut } from './staff.ts';

const route = routesFor<Deps>();
/** Days that somebody may be away at a time. */
const AWAY_MOST = 92;
/** Days until it begins. */
const AHEAD_MOST = 366;
const deputy = idParam('staff').meta({ description: 'Who stands in for them' });

/** The days of a position: its site's own; of the whole group those of its first site. */
const zoneOf = async ({ policies, registry }: Deps, site: string): Promise<string> => {
  if (site !== EVERYWHERE) return (await policies.site(site)).timeZone;
  const [first] = (await registry.publishedPage('sites', 1)).items;
  return (first?.timeZone as string | undefined) ?? 'UTC';
};

/** The positions of whoever is away, each from the first day on and through the last. @throws Refusal for days that can't be */
const away = async (deps: Deps, grants: readonly Grant[], { from, to }: { from: Day; to: Day }, now: number) => {
  if (daysBetween(localDay(now, 'UTC'), from) > AHEAD_MOST)
    throw invalid({ field: 'body.from', rule: 'field.days-ahead', details: { days: AHEAD_MOST } });
  if (to < from) throw invalid({ field: 'body.to', rule: 'field.not-before-from' });
  if (daysBetween(from, to) >= AWAY_MOST)
    throw invalid({ field: 'body.to', rule: 'field.days-most', details: { days: AWAY_MOST } });
  return Promise.all(
    grants.map(async (grant) => {
      const zone = await zoneOf(deps, grant.site);
      if (to < localDay(now, zone)) throw invalid({ field: 'body.to', rule: 'field.not-past' });
      return { ...grant, from: startOfDay(from, zone), until: startOfDay(addDays(to, 1), zone) };
    }),
  );
};

/** Whose absence it is, to whoever may change them. @throws Refusal not-found; changed, by the version that was seen of them */
const whoIsAway = async (
  { registry }: Deps,
  person: Parameters<typeof mayManage>[0],
  id: string,
  { seen }: IdempotencyKey,
): Promise<Staff> => {
  const { state, version } = await registry.staff.head(EVERYWHERE, id);
  if (!state?.active || !mayManage(person, state.grants)) throw notFound(id);
  if (seen !== undefined && seen !== version) throw new Refusal('changed', 'request.changed', { version, seen });
  return state;
};

/** The same command as what it is recorded on has it: the deputy, of whom nobody said what they had seen. */
const onDeputy = ({ idempotencyKey: { scope, body } }: { idempotencyKey: IdempotencyKey }, deputyId: string) => ({
  params: { staff: deputyId },
  body: undefined,
  idempotencyKey: { scope, body },
});

/** Somebody is away: another holds their positions for so many days, and what is owed by them is told to both. */
export const absenceRoutes = [
  route({
    method: 'POST',
    path: '/staff/{staff}/absence',
    summary:
      'They are away, and a colleague stands in for them (代理) from one day to another; said again, as it is said last',
    who: 'staff',
    positions: STAFF_MANAGERS,
    params: one,
    body: z.strictObject({
      deputy,
      from: dayIn,
      to: dayIn.meta({ description: `Included; at most ${AWAY_MOST} days` }),
    }),
    answer: staffOut,
    async handle({ params, body, ...input }, deps) {
      const { person, now } = input;
      if (body.deputy === params.staff) throw invalid({ field: 'body.deputy', rule: 'field.another-person' });
      const of = { ...input, ...onDeputy(input, body.deputy) };
      return does(
        of,
        deps,
        (current, grants) => standIn(current, { away: params.staff, grants }, { person, now }),
        async () => {
          const colleague = await whoIsAway(deps, person, params.staff, input.idempotencyKey);
          return away(deps, colleague.grants, body, now);
        },
      );
    },
  }),
  route({
    method: 'POST',
    path: '/staff/{staff}/back',
    summary: 'They are back before it was said: nobody stands in for them any more',
    who: 'staff',
    positions: STAFF_MANAGERS,
    params: one,
    body: z.strictObject({ deputy }),
    answer: staffOut,
    handle: ({ params, body, ...input }, deps) =>
      does({ ...input, ...onDeputy(input, body.deputy) }, deps, (current) => stoodIn(current, params.staff, input)),
  }),
];
