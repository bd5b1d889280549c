import * as z from 'zod';
import { notFound, refuse } from '../../../shared/domain/refusal.ts';
import { ANSWERS } from '../../../shared/forgetting/kept.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { words } from '../../../shared/http/schemas.ts';
import type { Decision } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { personalText, refOf, restriction } from '../../../shared/people/personal.ts';
import { goneFor, ownTexts, type Party, type PartyEvent } from '../party.ts';
import type { Deps } from './deps.ts';
import { knownNow } from './known.ts';
import { one, partyOut, reasonKept, views } from './party-parts.ts';

const change = (name: 'restrict' | 'unrestrict', summary: string): Route<Deps> => {
  const restricts = name === 'restrict';
  return routesFor<Deps>()({
    method: 'POST',
    path: `/sites/{site}/parties/{party}/${name}`,
    summary,
    who: ANSWERS,
    params: one,
    body: z.strictObject({ reason: words.max(1000) }),
    answer: partyOut,
    async handle({ params: { site, party }, body, actor, now, idempotencyKey }, deps) {
      const { parties } = deps.registry;
      const reason = personalText('reason', body.reason, now, deps.random, await reasonKept(deps, site, now));
      const { texts } = await knownNow(deps, site, party, { name: '', contacts: [] });
      const { current } = await execute(parties, {
        site,
        id: party,
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state): Decision<PartyEvent> => {
          if (!state) return notFound(party);
          const gone = goneFor(state);
          if (gone) return gone;
          if (restricts === (state.restricted !== undefined))
            return refuse(restricts ? 'party.restricted' : 'party.not-restricted');
          const event = restricts ? 'party.restricted' : 'party.unrestricted';
          return { events: [{ name: event, data: { reason: refOf(reason) } }], personal: [reason] };
        },
        extraItems: ({ state }) =>
          ownTexts(state as Party)
            .filter(({ ref }) => texts.has(ref))
            .map((ref) => restriction(parties.personal as string, site, ref, restricts)),
      });
      return (await views(deps, site, actor, [current]))[0] as z.input<typeof partyOut>;
    },
  });
};

export const restrictRoutes = [
  change('restrict', 'A person asks that what is kept of them is used for nothing but their contract'),
  change('unrestrict', 'The restriction is taken back'),
];
