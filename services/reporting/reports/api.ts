import * as z from 'zod';
import type { Random } from '../../../shared/domain/ids.ts';
import { forbidden, Refusal } from '../../../shared/domain/refusal.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { pageOf, paging, siteOnly, siteParam, words } from '../../../shared/http/schemas.ts';
import { execute, type IdempotencyKey } from '../../../shared/journal/execute.ts';
import type { Access, Actor, Person } from '../../../shared/people/access.ts';
import { personalText, refOf } from '../../../shared/people/personal.ts';
import { type Role, roleWord } from '../../../shared/people/positions.ts';
import { keptFor } from '../../../shared/people/retention.ts';
import { contextThen } from '../../../shared/policy/policy-context.ts';
import type { Language } from '../../../shared/text/catalogue.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { periodIn } from './improvements/api.ts';
import { type ReadDeps, textsOf } from './read.ts';
import { endLinks, issue, type Report, reportId, serialize } from './report.ts';
import { GROUP } from './sources.ts';
import { readContent, readIssued } from './store.ts';
import { editionsView, issuedOut, issuedView, periodReportOut, reportListOut, reportView } from './view.ts';
import { summaryOf } from './words.ts';
import { gather, keptWith, type WriterDeps } from './writer.ts';

export interface Deps extends WriterDeps, ReadDeps {
  access: Access;
  random: Random;
}

const route = routesFor<Deps>();
/** Who has a report made again, beside the calendar. */
const ISSUERS: Role[] = ['site-director', 'quality-manager'];
/** Who reads what is of the whole group. */
export const OF_GROUP: Role[] = ['group-manager', 'quality-manager', 'administrator'];

/** A position held for the whole group. @throws Refusal forbidden for one of a site */
export const forGroup = ({ grants }: Person): typeof GROUP => {
  if (grants.some(({ site, role }) => site === '*' && OF_GROUP.includes(role))) return GROUP;
  throw forbidden(OF_GROUP.map(roleWord), { site: GROUP });
};

export const edition = z.coerce
  .number()
  .int()
  .min(1)
  .max(50)
  .optional()
  .meta({ description: 'The last when left out' });
export const ofSite = z.object({ site: siteParam, period: periodIn });
export const ofGroup = z.object({ period: periodIn });
const asked = z.strictObject({ edition });
const wanted = z.strictObject({ period: periodIn });
const why = z.strictObject({ words: words.max(1000).meta({ description: 'Why' }) });

const listed = async (
  { reports }: Deps,
  site: string,
  { limit, after }: { limit: number; after?: string | undefined },
) => {
  const { items, ...page } = await reports.list(site, true, limit, after);
  return { ...page, items: items.flatMap(({ state }) => (state ? [editionsView(site, state)] : [])) };
};

const read = async (deps: Deps, site: string, period: string, which: number | undefined, language: Language) => {
  const { issued } = await readIssued(deps.reports, site, period, which);
  const content = await readContent(deps.reports, site, period, issued);
  return reportView(issued, content, await textsOf(deps, content), summaryOf(content, language));
};

/** Gathered before it is decided, for it takes a while: what it says is of one moment. */
const made = async (
  deps: Deps,
  site: string,
  period: string,
  { actor, now, idempotencyKey }: { actor: Actor; now: Instant; idempotencyKey: IdempotencyKey },
) => {
  const what = serialize(await gather(deps, site, period, now));
  const { current } = await execute(deps.reports, {
    site,
    id: reportId(period),
    now,
    by: actor.staff,
    idempotencyKey,
    decide: (state) => {
      const events = issue(state, { period, ...what }, 'person');
      return events instanceof Refusal ? events : { events };
    },
    publish: keptWith(site, period, what),
  });
  const issued = current.state?.editions.at(-1);
  if (!issued) throw new Error(`${current.id} was not issued`);
  return issuedView(issued);
};

/** Ends the links of all its editions that were mailed so far. */
const linksEnded = async (
  { reports, policies, random }: Deps,
  site: string,
  period: string,
  { words, actor, now, idempotencyKey }: { words: string; actor: Actor; now: Instant; idempotencyKey: IdempotencyKey },
) => {
  const { policy } = contextThen(await policies.since(site, now), now, 'UTC');
  const why = personalText('words', words, now, random, keptFor('said', 'words', now, policy));
  const { current } = await execute(reports, {
    site,
    id: reportId(period),
    now,
    by: actor.staff,
    idempotencyKey,
    decide: (state) => {
      const events = endLinks(state, refOf(why));
      return events instanceof Refusal ? events : { events, personal: [why] };
    },
  });
  return editionsView(site, current.state as Report);
};

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/reports',
    summary: 'The monthly and annual reports of a site, the latest period first, each with its editions',
    who: 'staff',
    params: siteOnly,
    query: z.strictObject(paging),
    answer: pageOf(reportListOut),
    handle: ({ params: { site }, query }, deps) => listed(deps, site, query),
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/reports',
    summary:
      'Issue the report of a month or year (now, beside the calendar): a further edition, mailed as the first; earlier ones stay',
    who: ISSUERS,
    params: siteOnly,
    body: wanted,
    answer: issuedOut,
    status: 201,
    handle: ({ params: { site }, body: { period }, ...by }, deps) => made(deps, site, period, by),
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/reports/{period}',
    summary: 'A report as it was issued: figures, what moved and what was missed in words, collection, improvements',
    who: 'staff',
    params: ofSite,
    query: asked,
    answer: periodReportOut,
    handle: ({ params: { site, period }, query, language }, deps) => read(deps, site, period, query.edition, language),
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/reports/{period}/end-links',
    summary: 'The links of its mails open nothing any more; whoever signs in reads it as before',
    who: ISSUERS,
    params: ofSite,
    body: why,
    answer: reportListOut,
    handle: ({ params: { site, period }, body: { words }, ...by }, deps) =>
      linksEnded(deps, site, period, { words, ...by }),
  }),
  route({
    method: 'GET',
    path: '/reports',
    summary: 'The reports of the group, the latest period first',
    who: OF_GROUP,
    query: z.strictObject(paging),
    answer: pageOf(reportListOut),
    handle: async ({ query, person }, deps) => listed(deps, forGroup(person), query),
  }),
  route({
    method: 'POST',
    path: '/reports',
    summary: 'Issue the report of the group for a month or year: a further edition',
    who: OF_GROUP,
    body: wanted,
    answer: issuedOut,
    status: 201,
    handle: async ({ body: { period }, person, ...by }, deps) => made(deps, forGroup(person), period, by),
  }),
  route({
    method: 'POST',
    path: '/reports/{period}/end-links',
    summary: 'The links of the mails of a report of the group open nothing any more',
    who: OF_GROUP,
    params: ofGroup,
    body: why,
    answer: reportListOut,
    handle: ({ params: { period }, body: { words }, person, ...by }, deps) =>
      linksEnded(deps, forGroup(person), period, { words, ...by }),
  }),
  route({
    method: 'GET',
    path: '/reports/{period}',
    summary: 'A report of the group as it was issued: all its sites together, and those that missed most',
    who: OF_GROUP,
    params: ofGroup,
    query: asked,
    answer: periodReportOut,
    handle: async ({ params: { period }, query, person, language }, deps) =>
      read(deps, forGroup(person), period, query.edition, language),
  }),
];
