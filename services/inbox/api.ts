import * as z from 'zod';
import { saidOn } from '../../shared/domain/number.ts';
import { notFound } from '../../shared/domain/refusal.ts';
import { type Route, routesFor } from '../../shared/http/route.ts';
import { idParam, instantOut, pageOf, paging, placeIn, siteParam } from '../../shared/http/schemas.ts';
import type { Access, Person } from '../../shared/people/access.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import type { Language } from '../../shared/text/catalogue.ts';
import { type Clock, iso } from '../../shared/time/clock.ts';
import { dutyInWords, originOf, titleOf } from './letter.ts';
import type { Names, NamesOf } from './names.ts';
import { KINDS, MAIL_STATES, type Notice } from './notice.ts';
import { type Inbox, noticeKey } from './store.ts';
import { waitingFor } from './waiting.ts';
import type { Waits } from './waits-store.ts';

export interface Deps {
  inbox: Inbox;
  policies: Policies;
  access: Access;
  names: NamesOf;
  waits: Waits;
  clock: Clock;
}

const route = routesFor<Deps>();

export const noticeOut = z
  .object({
    id: z.string(),
    site: z.string().meta({ description: 'A site, or * for the whole group' }),
    kind: z.enum(KINDS),
    title: z.string().meta({ description: 'One line, in the language asked for' }),
    type: z.string().meta({ description: '`complaint`, `callback`, `contact`, `alert` and the like' }),
    about: z.string().meta({ description: 'The case; the day, of the dunning tasks of a day' }),
    number: z.string().optional().meta({ description: 'The case as people say it: `TS1130-004`' }),
    unit: z.string().optional(),
    by: z.string().optional().meta({ description: 'Who did it or asked for it, by name where they have one' }),
    duty: z.string().optional(),
    owed: z.string().optional().meta({ description: 'The duty in words' }),
    due: instantOut.optional(),
    at: instantOut.meta({ description: 'When it happened' }),
    readAt: instantOut.optional(),
    mail: z.enum(MAIL_STATES).meta({ description: 'What became of the email' }),
  })
  .meta({ id: 'Notice' });

const noticeView = async (
  { id, site, kind, type, about, duty, what, due, at, readAt, mail, number, unit, ...said }: Notice,
  policies: Policies,
  language: Language,
  names: Names,
): Promise<z.input<typeof noticeOut>> => {
  const facts = await originOf(policies, site, language);
  return {
    id,
    site,
    kind,
    title: titleOf({ ...said, site, kind, type, about, duty, what, at, number, unit }, facts, language, names),
    type,
    about,
    ...saidOn(at, number),
    ...(unit === undefined ? {} : { unit }),
    ...(said.by === undefined ? {} : { by: names.get(said.by) ?? said.by }),
    ...(duty === undefined ? {} : { duty, owed: dutyInWords({ type, duty, what }, facts, language) }),
    ...(due === undefined ? {} : { due: iso(due) }),
    at: iso(at),
    ...(readAt === undefined ? {} : { readAt: iso(readAt) }),
    mail,
  };
};

/** Somebody who has left a site no longer reads what they heard there, but what concerns themselves. */
const mayRead = ({ grants }: Person, { site, own }: Notice) =>
  own === true || grants.some((grant) => grant.site === site || grant.site === '*');

const waitOut = z
  .object({
    site: z.string().meta({ description: 'A site, or * for the whole group' }),
    type: z.string().meta({ description: 'The kind of case: `account`, `erasure` and the like' }),
    about: z.string().meta({ description: 'The case' }),
    number: z.string().optional().meta({ description: 'The case as people say it: `TS1130-004`' }),
    unit: z.string().optional(),
    duty: z.string(),
    owed: z.string().meta({ description: 'The duty in words' }),
    of: z.string().optional().meta({ description: 'Which one, where the case may have several: what is decided on' }),
    by: z.string().meta({ description: 'Who asked, by name where they have one' }),
    at: instantOut.meta({ description: 'Since when it waits' }),
    due: instantOut.optional(),
  })
  .meta({ id: 'Wait' });

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/inbox',
    summary: 'What I have to hear of, newest first',
    who: 'staff',
    query: z.strictObject({
      unread: z.enum(['true', 'false']).default('false').meta({ description: 'Only what I have not read' }),
      site: siteParam.optional(),
      ...paging,
      after: placeIn(idParam('notice')),
    }),
    answer: pageOf(noticeOut),
    async handle({ person, query, language }, { inbox, policies, names }) {
      const { items, next } = await inbox.list(
        person.staff,
        query.limit,
        query.after,
        (notice) =>
          mayRead(person, notice) &&
          (query.site === undefined || query.site === notice.site) &&
          (query.unread === 'false' || notice.readAt === undefined),
      );
      const called = await names(items);
      return {
        items: await Promise.all(items.map((notice) => noticeView(notice, policies, language, called))),
        ...(next === undefined ? {} : { next }),
      };
    },
  }),
  route({
    method: 'POST',
    path: '/inbox/{notice}/read',
    summary: 'I have read it; the first time counts',
    who: 'staff',
    params: z.object({ notice: idParam('notice') }),
    answer: z.object({ id: z.string(), readAt: instantOut }),
    async handle({ person, params, now }, { inbox }) {
      const key = noticeKey({ staff: person.staff, id: params.notice });
      const notice = await inbox.one<Notice>(key);
      if (!notice || !mayRead(person, notice)) throw notFound(params.notice);
      const readAt = (await inbox.read(key, now)) ?? now;
      return { id: params.notice, readAt: iso(readAt) };
    },
  }),
  route({
    method: 'GET',
    path: '/inbox/waiting',
    summary:
      'What waits for a second person, and may be decided by me: sign-ins, money, discounts, cash days, erasures',
    who: 'staff',
    query: z.strictObject({ site: siteParam.optional(), ...paging }),
    answer: pageOf(waitOut),
    async handle({ person, query, language }, { waits, policies, names }) {
      const { items, next } = await waitingFor(waits, person, query);
      const called = await names(items);
      return {
        items: await Promise.all(
          items.map(async ({ site, type, about, duty, of, by, at, due, number, unit }) => ({
            site,
            type,
            about,
            ...saidOn(at, number),
            ...(unit === undefined ? {} : { unit }),
            duty,
            owed: dutyInWords({ type, duty }, await originOf(policies, site, language), language),
            ...(of === '' ? {} : { of }),
            by: called.get(by) ?? by,
            at: iso(at),
            ...(due === undefined ? {} : { due: iso(due) }),
          })),
        ),
        ...(next === undefined ? {} : { next }),
      };
    },
  }),
];
