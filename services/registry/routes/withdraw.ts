import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { payerKey } from '../../../shared/directory/payer.ts';
import { notFound, overtaken } from '../../../shared/domain/refusal.ts';
import { routesFor } from '../../../shared/http/route.ts';
import { words } from '../../../shared/http/schemas.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import { doneBefore, execute } from '../../../shared/journal/execute.ts';
import { personalText } from '../../../shared/people/personal.ts';
import { hold } from '../hold-store.ts';
import { withdrawParty, withdrawUnit } from '../merge.ts';
import { cardOf, type Party } from '../party.ts';
import { holdingKey, publishUnit } from '../unit.ts';
import { type Deps, KEEPERS } from './deps.ts';
import { knownNow } from './known.ts';
import { one, partyOut, reasonKept, views } from './party-parts.ts';
import { one as oneUnit, unitOut, unitView } from './unit-parts.ts';

const route = routesFor<Deps>();
const withdrawIn = z.strictObject({ reason: words });

export const withdrawRoutes = [
  route({
    method: 'POST',
    path: '/sites/{site}/parties/{party}/withdraw',
    summary: 'Withdraw a party that was entered by mistake and holds no unit',
    who: KEEPERS,
    personal: true,
    params: one,
    body: withdrawIn,
    answer: partyOut,
    async handle({ params: { site, party }, body, actor, now, idempotencyKey }, deps) {
      const { parties } = deps.registry;
      const before = await doneBefore(parties, { site, id: party, idempotencyKey });
      const show = async (current: Current<Party>) =>
        (await views(deps, site, actor, [current]))[0] as z.input<typeof partyOut>;
      if (before) return show(before);
      const { gone, release } = await hold(deps.registry, site, party, deps.random());
      try {
        const { state: seen } = await parties.head(site, party);
        // Units of who was merged into it come over a moment later.
        const holders = [party, ...(seen?.absorbed ?? []).map((other) => other.party)];
        const [{ known }, ...held] = await Promise.all([
          knownNow(deps, site, party, { name: '', contacts: [] }),
          ...holders.map((holder) => deps.registry.publishedPage(holdingKey(site, holder, '').pk, 1)),
        ]);
        const reason = personalText('reason', body.reason, now, deps.random, await reasonKept(deps, site, now));
        const { current } = await execute(parties, {
          site,
          id: party,
          now,
          by: actor.staff,
          idempotencyKey,
          decide: (state) =>
            isDeepStrictEqual(state?.absorbed, seen?.absorbed)
              ? withdrawParty(
                  state,
                  held.some(({ items }) => items.length > 0),
                  reason,
                )
              : overtaken(),
          // Its card stays: whatever still names it, an old account for one, goes on saying who that was.
          publish: ({ state }) => ({
            put: [{ ...payerKey(site, party), ...cardOf(party, state as Party) }],
            remove: known.map(({ pk, sk }) => ({ pk, sk })),
          }),
          extraItems: () => [gone],
        });
        return show(current);
      } catch (error) {
        await release();
        throw error;
      }
    },
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/units/{unit}/withdraw',
    summary: 'Withdraw a unit that was entered by mistake, which nobody holds or was to pay for',
    who: KEEPERS,
    params: oneUnit,
    body: withdrawIn,
    answer: unitOut,
    async handle({ params: { site, unit }, body, actor, now, idempotencyKey }, deps) {
      const { units } = deps.registry;
      const reason = personalText('reason', body.reason, now, deps.random, await reasonKept(deps, site, now));
      const { current } = await execute(units, {
        site,
        id: unit,
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => (state ? withdrawUnit(state, reason) : notFound(unit)),
        publish: publishUnit,
      });
      return unitView(current, deps);
    },
  }),
];
