import * as z from 'zod';
import { notNamed } from '../../shared/directory/named.ts';
import type { Directory } from '../../shared/directory/units.ts';
import { newId } from '../../shared/domain/ids.ts';
import { statesOf } from '../../shared/domain/machine.ts';
import { Refusal } from '../../shared/domain/refusal.ts';
import { casePageOf, caseQuery, listsCases } from '../../shared/http/case-list.ts';
import { type CaseDeps, caseCommands } from '../../shared/http/cases.ts';
import { rule } from '../../shared/http/field-rules.ts';
import { readSheet } from '../../shared/http/history.ts';
import { type Route, routesFor } from '../../shared/http/route.ts';
import {
  departmentId,
  happenedIn,
  idParam,
  instantIn,
  siteOnly,
  siteParam,
  staffParam,
  words,
} from '../../shared/http/schemas.ts';
import { execute } from '../../shared/journal/execute.ts';
import { personalText, refOf } from '../../shared/people/personal.ts';
import type { Role } from '../../shared/people/positions.ts';
import { keptFor } from '../../shared/people/retention.ts';
import { spokenBy } from '../../shared/people/spoken.ts';
import { contextAt } from '../../shared/policy/policy-context.ts';
import type { MessageKey } from '../../shared/text/catalogue.ts';
import { localDay, toldInstant } from '../../shared/time/clock.ts';
import { complaintKind } from '../complaints/events.ts';
import { type Contact, TRANSITIONS } from './contact.ts';
import * as decisions from './decide.ts';
import { CHANNELS, type ContactEvent, ROUTED_AS } from './events.ts';
import { isAnonymous, outcomeIn, outcomeStep, textOf } from './outcome.ts';
import type { Contacts } from './store.ts';
import { contactOut, contactSheetOut, contactSight, contactView } from './view.ts';

export interface Deps extends CaseDeps {
  contacts: Contacts;
  directory: Directory;
}

const route = routesFor<Deps>();
const PATH = '/sites/{site}/contacts/{contact}';
const onContact = caseCommands<Deps, Contact, ContactEvent>({
  path: PATH,
  kind: 'contact',
  journal: ({ contacts }) => contacts,
  answer: contactOut,
  view: contactView,
});

const DESK: Role[] = ['agent', 'supervisor', 'centre-manager'];

/** Who it was isn't kept where nobody is to know. */
const NOBODY = { unit: undefined, party: undefined };

const rings = z.number().int().min(0).max(50).optional().meta({ description: 'How often it rang; of calls' });
const answeredAt = instantIn.optional();
const promiseIn = z.strictObject({ replyBy: instantIn });
const someone = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/);

const receivedIn = z
  .strictObject({
    channel: z.enum(CHANNELS),
    unit: someone.optional(),
    party: someone.optional(),
    receivedAt: instantIn.optional().meta({ description: 'When it rang or arrived; now, unless it says' }),
    rings,
    answered: z
      .boolean()
      .default(true)
      .meta({ description: 'false: a missed call, or a visitor or message that waits to be taken' }),
    answeredAt: answeredAt.meta({ description: 'What is written: now, unless it says. Others: as it came' }),
    outcome: outcomeIn.optional(),
    promise: promiseIn.optional(),
  })
  .superRefine((body, { addIssue }) => {
    const refuse = (field: string, key: MessageKey) => addIssue({ code: 'custom', path: [field], message: rule(key) });
    if (body.rings !== undefined && body.channel !== 'call') refuse('rings', 'field.only-of-call');
    if (body.answered) return;
    for (const field of ['answeredAt', 'outcome', 'promise'] as const) {
      if (body[field] !== undefined) refuse(field, 'field.only-of-answered');
    }
  });

export const routes: Route<Deps>[] = [
  route({
    method: 'POST',
    path: '/sites/{site}/contacts',
    summary: 'Record a contact, with what came of it if that is known: the whole of a call in one go',
    who: DESK,
    params: siteOnly,
    body: receivedIn,
    answer: contactOut,
    status: 201,
    async handle({ params: { site }, body, actor, now, idempotencyKey }, deps) {
      const { contacts, policies, random } = deps;
      const receivedAt = toldInstant(body.receivedAt ?? now, now);
      const context = await contextAt(policies, site, receivedAt);
      const taken =
        body.answeredAt === undefined
          ? decisions.answeredWhen(body.channel, receivedAt, now)
          : toldInstant(body.answeredAt, now);
      const at = { site, takenBy: actor.staff, unit: body.unit, day: localDay(taken, context.zone), answeredAt: taken };
      const [unknown, came] = await Promise.all([
        notNamed(deps.directory, site, [
          { is: 'unit', id: body.unit, field: 'body.unit' },
          { is: 'party', id: body.party, field: 'body.party' },
        ]),
        body.outcome && outcomeStep(body.outcome, 'body.outcome', at, deps),
      ]);
      const text = body.outcome && textOf(body.outcome);
      const kept = keptFor('said', 'words', now, context.policy);
      const personal = text === undefined ? [] : [personalText('words', text, now, random, kept)];
      const decide = decisions.together(
        decisions.receive({ ...body, ...(isAnonymous(body.outcome) ? NOBODY : {}), receivedAt }),
        ...(body.answered ? [decisions.answer({ rings: body.rings, answeredAt: taken })] : []),
        ...(!body.answered && body.channel === 'call' ? [decisions.miss(body.rings)] : []),
        ...(came ? [came(personal[0] && refOf(personal[0]))] : []),
        ...(body.promise ? [decisions.promise(body.promise.replyBy, 'body.promise.replyBy')] : []),
      );
      const { current, at: when } = await execute(contacts, {
        site,
        id: newId('contact', now, random),
        now,
        by: actor.staff,
        idempotencyKey,
        numberedOn: localDay(now, context.zone),
        decide: (state) => {
          const newEvents = unknown ?? decide({ state, actor, now, context });
          return newEvents instanceof Refusal ? newEvents : { events: newEvents, personal };
        },
      });
      return contactView(current, actor, when);
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/contacts',
    summary: 'Contacts of a site, newest first',
    who: 'staff',
    personal: true,
    params: siteOnly,
    query: caseQuery({
      ...{
        status: z.enum(statesOf(TRANSITIONS)),
        channel: z.enum(CHANNELS),
        as: z.enum(ROUTED_AS),
        kind: complaintKind,
      },
      ...{ department: departmentId, unit: someone, party: someone, takenBy: staffParam },
    }),
    answer: casePageOf(contactOut),
    handle: listsCases({ kind: 'contact', journal: ({ contacts }: Deps) => contacts, view: contactView }),
  }),
  route({
    method: 'GET',
    path: PATH,
    summary: 'A contact with its full history',
    who: 'staff',
    personal: true,
    params: z.object({ site: siteParam, contact: idParam('contact') }),
    answer: contactSheetOut,
    async handle({ params: { site, contact: id }, actor, now, actions }, { contacts, personal }) {
      const sight = (state: Contact) => contactSight(state, actor);
      const { current, texts, history } = await readSheet(contacts, personal, { site, id, sight });
      return {
        ...contactView(current, actor, now),
        words: (current.state.words && texts.get(current.state.words.ref)) ?? null,
        ...history(),
        actions: await actions(current),
      };
    },
  }),
  onContact('answer', 'Take what waits: from now on it is yours (首问责任制)', DESK, z.strictObject({ rings }), {
    may: decisions.answer.may,
    decide: (on, body) => decisions.answer(body)(on),
  }),
  onContact('outcome', 'What came of it: settled, or handed to a department or as a complaint', DESK, outcomeIn, {
    // Whatever may be settled may be handed on.
    may: decisions.settle.may,
    lookUp: (body, site, deps, { id, state }) => outcomeStep(body, 'body', { ...state, site, contact: id }, deps),
    texts: (body) => ({ words: textOf(body) }),
    decide: (on, _, { words: text }, came) => came(text)(on),
  }),
  onContact(
    'accept',
    'The department takes it on; the desk may record that its head accepted by word of mouth (代录), who is told',
    ['department-head', ...DESK],
    z.strictObject({
      spokenBy: staffParam.optional().meta({ description: 'The present head of the department, who accepted' }),
      ...happenedIn,
    }),
    {
      may: decisions.accept.may,
      lookUp: (body, site, { directory }, { now }) => spokenBy(directory, site, body.spokenBy, now),
      texts: ({ evidence }) => ({ evidence }),
      decide: (on, { happenedAt }, { evidence }, spoken) => decisions.accept({ spoken, happenedAt, evidence })(on),
    },
  ),
  onContact('promise', 'Promise a reply by a time', DESK, promiseIn, {
    may: decisions.promise.may,
    decide: (on, { replyBy }) => decisions.promise(replyBy)(on),
  }),
  onContact('reply', 'Give the promised reply', DESK, z.strictObject({ words, ...happenedIn }), {
    may: decisions.reply.may,
    texts: (body) => ({ words: body.words, evidence: body.evidence }),
    decide: (on, { happenedAt }, refs) => decisions.reply(refs.words, { happenedAt, evidence: refs.evidence })(on),
  }),
];
