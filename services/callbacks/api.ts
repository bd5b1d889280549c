import * as z from 'zod';
import { statesOf } from '../../shared/domain/machine.ts';
import { casePageOf, caseQuery, listsCases } from '../../shared/http/case-list.ts';
import { type CaseDeps, caseCommands } from '../../shared/http/cases.ts';
import { readSheet } from '../../shared/http/history.ts';
import { phoneIn, phoneSent } from '../../shared/http/phone.ts';
import { type Route, routesFor } from '../../shared/http/route.ts';
import { departmentId, idParam, instantIn, label, siteOnly, siteParam, words } from '../../shared/http/schemas.ts';
import { type Role, SIGNS_ABOVE } from '../../shared/people/positions.ts';
import { regionOf } from '../../shared/values/phone.ts';
import { type Callback, TRANSITIONS } from './callback.ts';
import * as decisions from './decide.ts';
import { type CallbackEvent, OUTCOMES, WAIVERS } from './events.ts';
import type { Callbacks } from './store.ts';
import { callbackOut, callbackSheetOut, callbackSight, callbackView } from './view.ts';

export interface Deps extends CaseDeps {
  callbacks: Callbacks;
}

const route = routesFor<Deps>();
const PATH = '/sites/{site}/callbacks/{callback}';
const command = caseCommands<Deps, Callback, CallbackEvent>({
  path: PATH,
  kind: 'callback',
  journal: ({ callbacks }) => callbacks,
  answer: callbackOut,
  view: callbackView,
});

const DESK: Role[] = ['agent', 'supervisor', 'centre-manager'];
/** The last: where what they owe was lifted over all positions below, for whom it is about alone holds them. */
const OPINIONS: Role[] = ['department-head', ...SIGNS_ABOVE, 'group-manager'];
/** Which opinion, counted from 0. */
const item = z.number().int().min(0).max(19);

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/callbacks',
    summary: 'Callbacks of a site, newest first',
    who: 'staff',
    personal: true,
    params: siteOnly,
    query: caseQuery({
      ...{ status: z.enum(statesOf(TRANSITIONS)), department: departmentId },
      ...{ unit: idParam('unit'), party: idParam('party') },
    }),
    answer: casePageOf(callbackOut),
    handle: listsCases({ kind: 'callback', journal: ({ callbacks }: Deps) => callbacks, view: callbackView }),
  }),
  route({
    method: 'GET',
    path: PATH,
    summary: 'A callback with its attempts, opinions and history',
    who: 'staff',
    personal: true,
    params: z.object({ site: siteParam, callback: idParam('callback') }),
    answer: callbackSheetOut,
    async handle({ params: { site, callback: id }, actor, now, actions }, { callbacks, personal }) {
      const sight = (state: Callback) => callbackSight(state, actor);
      const { current, history } = await readSheet(callbacks, personal, { site, id, sight });
      return { ...callbackView(current, actor, now), ...history(['alone']), actions: await actions(current) };
    },
  }),
  command('claim', 'Take a callback on', DESK, z.strictObject({}), {
    may: decisions.claim.may,
    decide: (on) => decisions.claim(on),
  }),
  command(
    'attempts',
    'Record a call: whether the owner was reached, what they said, how satisfied they are',
    DESK,
    z.strictObject({
      outcome: z.enum(OUTCOMES),
      calledAt: instantIn
        .optional()
        .meta({ description: 'Now when left out; whether it was in time is judged by when it is recorded' }),
      number: phoneIn.optional().meta({ description: 'Which was called' }),
      spokeWith: label(100).optional(),
      rating: z.number().int().min(1).max(5).optional().meta({ description: 'Satisfaction, 5 is best' }),
      opinions: z.array(words).max(20).default([]).meta({ description: 'Item by item' }),
      nextPromise: instantIn.optional(),
    }),
    {
      may: decisions.attempt.may,
      lookUp: async ({ number }, site, { policies }) =>
        number && phoneSent(number, regionOf((await policies.site(site)).timeZone), 'body.number'),
      texts: ({ spokeWith, opinions }, number) => ({ number, spokeWith, opinions }),
      decide: (on, { calledAt = on.now, ...call }, texts) => decisions.attempt(on, { ...call, ...texts, calledAt }),
    },
  ),
  command('opinions/answer', 'The department answers one opinion', OPINIONS, z.strictObject({ item, answer: words }), {
    may: decisions.answerOpinion.may,
    texts: ({ answer }) => ({ answer }),
    decide: (on, body, { answer }) => decisions.answerOpinion(on, body.item, answer),
  }),
  command('opinions/sign', "The department's manager signs the answer (签字)", OPINIONS, z.strictObject({ item }), {
    may: decisions.signOpinion.may,
    decide: (on, body) => decisions.signOpinion(on, body.item),
  }),
  command('reply', 'What was promised in the callback was told to the owner', DESK, z.strictObject({ reply: words }), {
    may: decisions.reply.may,
    texts: ({ reply }) => ({ reply }),
    decide: (on, _, { reply }) => decisions.reply(on, reply),
  }),
  command(
    'waive',
    'Let it go, with a reason; it then stands outside Q3',
    ['supervisor', 'centre-manager'],
    z.strictObject({ reason: z.enum(WAIVERS), explanation: words }),
    {
      may: decisions.waive.may,
      texts: ({ explanation }) => ({ explanation }),
      decide: (on, { reason }, { explanation }) => decisions.waive(on, reason, explanation),
    },
  ),
  command('publish', 'Publish the answer where nobody can be reached', DESK, z.strictObject({ answer: words }), {
    may: decisions.publish.may,
    texts: ({ answer }) => ({ answer }),
    decide: (on, _, { answer }) => decisions.publish(on, answer),
  }),
];
