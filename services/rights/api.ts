import * as z from 'zod';
import { idsOf, payerOf } from '../../shared/directory/payer.ts';
import type { Directory } from '../../shared/directory/units.ts';
import { notFound, Refusal } from '../../shared/domain/refusal.ts';
import { ANSWERS } from '../../shared/forgetting/kept.ts';
import { type CaseDeps, caseCommands } from '../../shared/http/cases.ts';
import { readSheet } from '../../shared/http/history.ts';
import { type Route, routesFor } from '../../shared/http/route.ts';
import { idParam, pageOf, paging, siteOnly, siteParam, words } from '../../shared/http/schemas.ts';
import { execute } from '../../shared/journal/execute.ts';
import { personalText, refOf } from '../../shared/people/personal.ts';
import { keptFor } from '../../shared/people/retention.ts';
import { signInSince } from '../../shared/people/second-person.ts';
import { contextAt } from '../../shared/policy/policy-context.ts';
import { askErasure, confirmErasure, type Erasure, erasureId, mayConfirm, refuseErasure } from './erasure.ts';
import type { ErasureEvent } from './events.ts';
import type { Erasures } from './store.ts';
import { erasureOut, erasureSheetOut, erasureView } from './view.ts';

export interface Deps extends CaseDeps {
  erasures: Erasures;
  directory: Directory;
}

const route = routesFor<Deps>();
const PATH = '/sites/{site}/erasures/{erasure}';
const one = z.object({ site: siteParam, erasure: idParam('erasure') });
const command = caseCommands<Deps, Erasure, ErasureEvent>({
  path: PATH,
  kind: 'erasure',
  journal: ({ erasures }) => erasures,
  answer: erasureOut,
  view: (current, _, now) => erasureView(current, now),
});

/** The party that stayed, by any id of it. @throws Refusal where there is none */
const partyOf = async ({ directory }: Deps, site: string, party: string) => {
  const card = await payerOf(directory, site, party);
  if (!card) throw notFound(party);
  return card;
};

export const routes: Route<Deps>[] = [
  route({
    method: 'POST',
    path: '/sites/{site}/erasures',
    summary: 'A person asks that what is kept of them is erased; a second person decides',
    who: ANSWERS,
    params: siteOnly,
    body: z.strictObject({ party: idParam('party'), reason: words.max(1000) }),
    answer: erasureOut,
    status: 201,
    async handle({ params: { site }, body, actor, now, idempotencyKey }, deps) {
      const { erasures, policies, random } = deps;
      const [{ party }, context] = await Promise.all([partyOf(deps, site, body.party), contextAt(policies, site, now)]);
      const reason = personalText('reason', body.reason, now, random, keptFor('said', 'reason', now, context.policy));
      const { current, at } = await execute(erasures, {
        site,
        id: erasureId(party),
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => {
          const events = askErasure({ state, actor, now, context }, { party, reason: refOf(reason) });
          return events instanceof Refusal ? events : { events, personal: [reason] };
        },
      });
      return erasureView(current, at);
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/erasures',
    summary: 'Erasures that persons asked for, newest first',
    who: ANSWERS,
    personal: true,
    params: siteOnly,
    query: z.strictObject({ state: z.enum(['open', 'finished']).default('open'), ...paging }),
    answer: pageOf(erasureOut),
    async handle({ params: { site }, query: { state, limit, after }, now }, { erasures }) {
      const page = await erasures.list(site, state === 'finished', limit, after);
      return { ...page, items: page.items.map((current) => erasureView(current, now)) };
    },
  }),
  route({
    method: 'GET',
    path: PATH,
    summary: 'An erasure: what each service did, what is still to come, what is left and by which law',
    who: ANSWERS,
    personal: true,
    params: one,
    answer: erasureSheetOut,
    async handle({ params: { site, erasure: id }, now, actions }, { erasures, personal }) {
      const { current, history } = await readSheet(erasures, personal, { site, id });
      return {
        ...erasureView(current, now),
        ...history(['answers', 'left', 'waiting', 'waits', 'erased']),
        actions: await actions(current),
      };
    },
  }),
  command(
    'confirm',
    'A second person confirms it: every service erases what no law has kept',
    ANSWERS,
    z.strictObject({}),
    {
      // Whose sign-in was changed after they asked has no second person: that stands with the staff, not with the case.
      may: async (on, { directory }) =>
        confirmErasure.may(on) ?? mayConfirm(on, await signInSince(directory, on.state?.askedBy)),
      lookUp: async (_, site, deps, { state }) => {
        const [card, since] = await Promise.all([
          partyOf(deps, site, state.party),
          signInSince(deps.directory, state.askedBy),
        ]);
        return { parties: idsOf(card), since };
      },
      decide: (on, _, __, { parties, since }) => confirmErasure(on, parties, since),
    },
  ),
  command(
    'refuse',
    'It is not erased, with the reason that the person is given',
    ANSWERS,
    z.strictObject({ reason: words.max(1000) }),
    {
      may: refuseErasure.may,
      texts: ({ reason }) => ({ reason }),
      decide: (on, _, { reason }) => refuseErasure(on, reason),
    },
  ),
];
