import * as z from 'zod';
import { newId } from '../../../shared/domain/ids.ts';
import { notFound } from '../../../shared/domain/refusal.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import { routesFor } from '../../../shared/http/route.ts';
import {
  departmentId,
  instantOut,
  label,
  pageOf,
  paging,
  siteOnly,
  siteParam,
  words,
} from '../../../shared/http/schemas.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { policyKey, policySchema, type SiteFacts, siteKey } from '../../../shared/policy/policy.ts';
import { iso } from '../../../shared/time/clock.ts';
import { isPlaceFormat, PLACE_FORMAT } from '../../../shared/values/place.ts';
import { overridesSchema } from '../events.ts';
import type { SitePolicy } from '../policy.ts';
import { change, open, publishSite, type Site, setPolicy } from '../site.ts';
import type { Deps } from './deps.ts';
import { wantedPolicy } from './policy.ts';

const route = routesFor<Deps>();

export const siteName = label(100);
const departments = z
  .array(z.strictObject({ id: departmentId, name: label(60) }))
  .max(50)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, rule('field.none-twice'));

/** What stands on everything an owner gets. */
const onPaper = {
  desk: z
    .strictObject({ complaintPhone: label(60).optional(), address: label(200).optional() })
    .optional()
    .meta({ description: 'Where the desk is found; stands on every notice and page' }),
  howToPay: z.array(words.max(200)).max(10).optional().meta({ description: 'A line for each way to pay' }),
  placeFormat: words
    .refine(isPlaceFormat, rule('field.place-format', { levels: PLACE_FORMAT }))
    .optional()
    .meta({
      description:
        'How the site writes its places: the five levels in this order, each before the word that goes with it; a level ' +
        'that a place has not is left out with its word',
      example: PLACE_FORMAT,
    }),
};

const siteOut = z
  .object({
    site: z.string(),
    version: z.number().int().optional().meta({ description: 'Of a site by itself; not in lists' }),
    name: z.string(),
    timeZone: z.string(),
    departments: z.array(z.object({ id: z.string(), name: z.string() })),
    ...onPaper,
  })
  .meta({ id: 'Site' });

const policyOut = z
  .object({
    version: z.number().int(),
    effective: instantOut,
    overrides: overridesSchema,
    values: policySchema.meta({ description: 'Complete: the stricter of group and site' }),
  })
  .meta({ id: 'SitePolicy' });

const siteView = ({ id, version, state }: Current<Site>): z.input<typeof siteOut> => {
  if (!state) throw notFound(id);
  return { site: id, version, ...state };
};
const policyView = ({ version, effective, overrides, values }: SitePolicy): z.input<typeof policyOut> => ({
  version,
  effective: iso(effective),
  overrides,
  values,
});

/** Ids that would be taken for the name of a published partition. */
const RESERVED = [
  ...['sites', 'access', 'roster', 'staffid', 'reach', 'policy', 'units', 'unitid', 'party', 'payer', 'known', 'gone'],
  ...['due', 'link'],
];
export const newSiteId = siteParam.refine((id) => !RESERVED.includes(id), rule('field.reserved'));

export const siteRoutes = [
  route({
    method: 'GET',
    path: '/sites',
    summary: 'The sites where the caller has a position',
    who: 'staff',
    query: z.strictObject(paging),
    answer: pageOf(siteOut),
    async handle({ query, person }, { registry, policies }) {
      const { limit, after = ' ' } = query;
      if (person.grants.some(({ site }) => site === '*')) {
        const { items, more } = await policies.list(limit, after);
        return { items, ...(more ? { next: items.at(-1)?.site } : {}) };
      }
      const own = [...new Set(person.grants.map(({ site }) => site))].sort().filter((site) => site > after);
      const items = (await registry.publishedAll(own.slice(0, limit).map(siteKey))) as unknown as SiteFacts[];
      items.sort((a, b) => (a.site < b.site ? -1 : 1));
      return { items, ...(own.length > limit ? { next: own[limit - 1] } : {}) };
    },
  }),
  route({
    method: 'POST',
    path: '/sites',
    summary: 'Take on a site; its policy is the group’s to begin with',
    who: ['administrator'],
    body: z.strictObject({
      id: newSiteId.optional(),
      name: siteName,
      timeZone: label(60),
      departments,
      ...onPaper,
    }),
    answer: siteOut,
    status: 201,
    async handle({ body, actor, now, idempotencyKey }, { registry, random }) {
      const { id = newId('site', now, random), ...facts } = body;
      const floor = await registry.floor();
      const { current } = await execute(registry.sites, {
        site: id,
        id,
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => open(state, facts, floor),
        publish: publishSite,
      });
      return siteView(current);
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}',
    summary: 'A site',
    who: 'staff',
    params: siteOnly,
    answer: siteOut,
    handle: async ({ params: { site } }, { registry }) => siteView(await registry.sites.head(site, site)),
  }),
  route({
    method: 'PUT',
    path: '/sites/{site}',
    summary: 'Rename a site, add or rename departments, say what stands on its papers; the time zone is fixed',
    who: ['administrator'],
    params: siteOnly,
    body: z.strictObject({ name: siteName, departments, ...onPaper }),
    answer: siteOut,
    async handle({ params: { site }, body, actor, now, idempotencyKey }, { registry }) {
      const { current } = await execute(registry.sites, {
        site,
        id: site,
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => change(state, body),
        publish: publishSite,
      });
      return siteView(current);
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/policies',
    summary: "Every version of the site's policy, newest first",
    who: 'staff',
    params: siteOnly,
    query: z.strictObject(paging),
    answer: pageOf(policyOut),
    async handle({ params: { site }, query: { limit, after } }, { registry }) {
      const page = await registry.publishedPage(policyKey(site, 0).pk, limit, after, { newestFirst: true });
      return { ...page, items: page.items.map((item) => policyView(item as unknown as SitePolicy)) };
    },
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/policies',
    summary: "A new version of the site's policy, tighter than the group's where it names a value",
    who: ['administrator'],
    params: siteOnly,
    body: wantedPolicy,
    answer: policyOut,
    status: 201,
    async handle({ params: { site }, body, actor, now, idempotencyKey }, { registry }) {
      const floor = await registry.floor();
      const wanted = { effective: body.effective ?? now, overrides: body.overrides as never };
      const { current } = await execute(registry.sites, {
        site,
        id: site,
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => setPolicy(state, wanted, floor, now),
        publish: publishSite,
      });
      return policyView(current.state?.policies.at(-1) as SitePolicy);
    },
  }),
];
