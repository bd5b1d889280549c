import * as z from 'zod';
import { notFound } from '../../../shared/domain/refusal.ts';
import { routesFor } from '../../../shared/http/route.ts';
import { dayIn, idParam } from '../../../shared/http/schemas.ts';
import { type Day, type Instant, localDay } from '../../../shared/time/clock.ts';
import { RELATIONS } from '../events.ts';
import { goneFor } from '../party.ts';
import { link, unlink } from '../unit.ts';
import { type Deps, KEEPERS } from './deps.ts';
import { actOn, one, unitOut } from './unit-parts.ts';

const route = routesFor<Deps>();

const linkIn = z.strictObject({
  party: idParam('party'),
  relation: z.enum(RELATIONS),
  payer: z.boolean().default(false),
  since: dayIn.optional().meta({
    description:
      'The site-local day from which it is so, 1990 to 366 days ahead; of a sale, the day of the deed. Without it a ' +
      "unit's first payer pays from the beginning, a later one from today. It overtakes whoever was to pay from that " +
      'day or later; of the party that pays already it corrects the day',
  }),
});
const unlinkIn = z.strictObject({
  until: dayIn.optional().meta({
    description: 'The first site-local day on which they no longer hold it, nor pay; today when absent',
  }),
});

/** The day it is at the site. */
const todayAt = async ({ policies }: Deps, site: string, now: Instant): Promise<Day> =>
  localDay(now, (await policies.site(site)).timeZone);

/** Who holds a unit, and who pays for it. */
export const holderRoutes = [
  route({
    method: 'POST',
    path: '/sites/{site}/units/{unit}/parties',
    summary: 'Say what a party is to a unit, and whether it pays: who paid until then no longer does, as after a sale',
    who: KEEPERS,
    params: one,
    body: linkIn,
    answer: unitOut,
    async handle(input, deps) {
      const { params, body, now } = input;
      const today = await todayAt(deps, params.site, now);
      const { state: party } = await deps.registry.parties.head(params.site, body.party);
      if (!party) throw notFound(body.party);
      const gone = goneFor(party);
      if (gone) throw gone;
      return actOn(input, deps, (state) => link(state, body, today));
    },
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/units/{unit}/parties/{party}/end',
    summary: 'A party no longer holds the unit; if it paid, nobody does from then on',
    who: KEEPERS,
    params: one.extend({ party: idParam('party') }),
    body: unlinkIn,
    answer: unitOut,
    async handle(input, deps) {
      const { params, body, now } = input;
      const today = await todayAt(deps, params.site, now);
      return actOn(input, deps, (state) => unlink(state, params.party, body.until ?? today, today));
    },
  }),
];
