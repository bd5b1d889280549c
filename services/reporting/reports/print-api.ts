import * as z from 'zod';
import type { Directory } from '../../../shared/directory/units.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { linkSeal } from '../../../shared/http/link.ts';
import { type Refused, type Route, routesFor } from '../../../shared/http/route.ts';
import { bytes } from '../../../shared/http/schemas.ts';
import type { Block, Composed } from '../../../shared/paper/block.ts';
import { printed } from '../../../shared/paper/pdf.ts';
import { PAGE_HEADERS, webPageOf } from '../../../shared/paper/web.ts';
import { type Access, holderOf } from '../../../shared/people/access.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { LANGUAGES, type Language, say } from '../../../shared/text/catalogue.ts';
import type { Clock, Instant } from '../../../shared/time/clock.ts';
import { edition, forGroup, OF_GROUP, ofGroup, ofSite } from './api.ts';
import { dayOf } from './compose/compose.ts';
import { type ReadDeps, readReport } from './read.ts';
import { GROUP } from './sources.ts';
import { readIssued, readReportLink } from './store.ts';

export interface Deps extends ReadDeps {
  access: Access;
  clock: Clock;
  policies: Policies;
  directory: Directory;
}

const route = routesFor<Deps>();
const lang = z.enum(LANGUAGES).optional();
const asked = z.strictObject({ edition, lang });
const PDF = { answer: bytes, contentType: 'application/pdf' } as const;
const HTML = { answer: z.string(), contentType: 'text/html; charset=utf-8', headers: PAGE_HEADERS } as const;
/** Any text: a link that was cut short is of no report, as one that has expired. */
const token = z.object({ token: z.string() });
const linked = z.object({ lang: lang.catch(undefined) });

const report = async (deps: Deps, site: string, period: string, which: number | undefined) => {
  const { issued } = await readIssued(deps.reports, site, period, which);
  return readReport(deps, { site, period, issued });
};
type Read = Awaited<ReturnType<typeof report>>;

/**
 * What a link opens, while what it was given for holds: until it expires or somebody ends it, and as long as whom it was
 * mailed to holds that position and is reached there.
 * @throws Refusal not-found: of no report; gone: of one that it opens no more
 */
const behind = async (deps: Deps, token: string, now: Instant): Promise<Read> => {
  const {
    site,
    period,
    edition: which,
    since,
    until,
    staff,
    sitePosition,
    seal,
  } = await readReportLink(deps.reports, token);
  const [{ report: state, issued }, holder] = await Promise.all([
    readIssued(deps.reports, site, period, which),
    holderOf(deps.directory, sitePosition.site, sitePosition, staff, now),
  ]);
  const theirs = holder?.email !== undefined && linkSeal(token, holder.email) === seal;
  if (!theirs || until < now || since <= (state.linksEnded ?? 0)) throw await gone(deps, site);
  return readReport(deps, { site, period, issued }, true);
};

const gone = async ({ policies }: Deps, site: string): Promise<Refusal> => {
  const { desk } = site === GROUP ? { desk: undefined } : await policies.site(site);
  return new Refusal('gone', 'report.link-ended', { phone: desk?.complaintPhone ?? '' });
};

const pdf = async ({ content, in: document }: Read, language: Language) =>
  (await printed([document(language)], dayOf(content))).bytes;
const page = ({ in: document }: Read, language: Language) => webPageOf(document(language));

/** The same in the other language, and on paper. */
const links = (document: Composed, path: string): Composed => {
  const other: Language = document.language === 'zh-CN' ? 'en' : 'zh-CN';
  const blocks: Block[] = [
    { block: 'link', text: say('report.print', document.language), url: `${path}/pdf?lang=${document.language}` },
    { block: 'link', text: say('report.other', document.language), url: `${path}?lang=${other}` },
  ];
  return { ...document, blocks: [...blocks, ...document.blocks] };
};

/** In both languages: nobody knows who has a link that opens nothing. */
const refused = ({ language, problem: { code, details = {} } }: Refused): string => {
  const key = code === 'report.link-ended' ? code : 'report.page.gone';
  const both = [language, ...LANGUAGES.filter((one) => one !== language)];
  return webPageOf({
    language,
    title: both.map((one) => say('report.title.month', one)).join(' / '),
    subject: '',
    site: '',
    number: '',
    desk: details.phone ? [String(details.phone)] : [],
    blocks: both.map((one) => ({ block: 'paragraph', text: say(key, one) })),
  });
};

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/reports/{period}/pdf',
    summary: 'A report to print, with its charts; the same edition gives the same bytes for ever',
    who: 'staff',
    params: ofSite,
    query: asked,
    ...PDF,
    handle: async ({ params: { site, period }, query, language }, deps) =>
      pdf(await report(deps, site, period, query.edition), query.lang ?? language),
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/reports/{period}/page',
    summary: 'A report as a page of the web, with its charts',
    who: 'staff',
    params: ofSite,
    query: asked,
    ...HTML,
    handle: async ({ params: { site, period }, query, language }, deps) =>
      page(await report(deps, site, period, query.edition), query.lang ?? language),
  }),
  route({
    method: 'GET',
    path: '/reports/{period}/pdf',
    summary: 'A report of the group to print',
    who: OF_GROUP,
    params: ofGroup,
    query: asked,
    ...PDF,
    handle: async ({ params: { period }, query, person, language }, deps) =>
      pdf(await report(deps, forGroup(person), period, query.edition), query.lang ?? language),
  }),
  route({
    method: 'GET',
    path: '/reports/{period}/page',
    summary: 'A report of the group as a page of the web',
    who: OF_GROUP,
    params: ofGroup,
    query: asked,
    ...HTML,
    handle: async ({ params: { period }, query, person, language }, deps) =>
      page(await report(deps, forGroup(person), period, query.edition), query.lang ?? language),
  }),
  route({
    method: 'GET',
    path: '/r/{token}',
    summary: 'The page behind the link of a mailed report',
    who: 'everybody',
    params: token,
    query: linked,
    ...HTML,
    refused,
    async handle({ params, query, now, language }, deps) {
      const { in: document } = await behind(deps, params.token, now);
      return webPageOf(links(document(query.lang ?? language), `/r/${encodeURIComponent(params.token)}`));
    },
  }),
  route({
    method: 'GET',
    path: '/r/{token}/pdf',
    summary: 'The same as a PDF',
    who: 'everybody',
    params: token,
    query: linked,
    ...PDF,
    refused,
    handle: async ({ params, query, now, language }, deps) =>
      pdf(await behind(deps, params.token, now), query.lang ?? language),
  }),
];
