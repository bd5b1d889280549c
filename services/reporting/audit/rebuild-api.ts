import { createHash } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { derivedId } from '../../../shared/domain/ids.ts';
import { notFound } from '../../../shared/domain/refusal.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { idParam, pageOf, paging } from '../../../shared/http/schemas.ts';
import { countNow, limitOf } from '../../../shared/journal/limit.ts';
import type { Access } from '../../../shared/people/access.ts';
import type { Role } from '../../../shared/people/positions.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { GROUP_POLICY } from '../../../shared/policy/policy.ts';
import { type SheetColumns, table } from '../../../shared/sheet/columns.ts';
import { formatted, sheetFiles } from '../../../shared/sheet/files.ts';
import { say } from '../../../shared/text/catalogue.ts';
import { type Clock, iso } from '../../../shared/time/clock.ts';
import { yesOrNo } from '../figures/contract.ts';
import { type Beginning, begin } from './rebuild.ts';
import { progressOf } from './rebuild-chains-store.ts';
import type { Rebuild, Rebuilds } from './rebuild-store.ts';

export interface Deps extends Beginning {
  access: Access;
  clock: Clock;
  policies: Policies;
  /** Where limits are counted. */
  counters: { doc: DynamoDBDocumentClient; own: string };
}

const route = routesFor<Deps>();
const EXAMPLES = 20;
/** Roles that hold for the whole group. */
const WHO: Role[] = ['quality-manager', 'administrator'];

const n = z.number().int().min(0);
const rebuildOut = z
  .object({
    id: z.string(),
    kind: z.enum(['full', 'sample']).meta({ description: 'Everything, or what a night picked' }),
    status: z
      .enum(['running', 'done', 'incomplete'])
      .meta({ description: '`incomplete`: ended, but some parts could not be compared' }),
    notCompared: z
      .array(z.string())
      .meta({ description: "Parts that failed for good: a site's money or night, or a slice of a table of all sites" }),
    repair: z.boolean(),
    startedAt: z.string(),
    by: z.string().meta({ description: 'The member of staff who asked for it; `system:clock` of a night' }),
    sites: z.array(z.string()).optional().meta({ description: 'Of a sample: the sites that were picked' }),
    events: n.meta({ description: 'Journal events looked at' }),
    rows: n.meta({ description: 'Case rows compared' }),
    days: n.meta({ description: 'Days of sites whose counts were compared' }),
    differences: n,
    examples: z.array(
      z.object({
        site: z.string(),
        what: z.string().meta({ description: 'Which row or day' }),
        found: z.unknown(),
        expected: z.unknown(),
      }),
    ),
  })
  .meta({ id: 'Rebuild' });

const COLUMNS: SheetColumns<z.output<typeof rebuildOut>> = [
  ['sheet.rebuild', ({ id }) => id],
  ['sheet.rebuild-kind', ({ kind }, language) => say(`rebuild.${kind}`, language)],
  ['report.column.status', ({ status }, language) => say(`rebuild.${status}`, language)],
  ['sheet.rebuild-repair', ({ repair }, language) => yesOrNo(repair, language)],
  ['sheet.started-at', ({ startedAt }) => startedAt],
  ['sheet.started-by', ({ by }) => by],
  ['column.site', ({ sites }) => sites?.join(' ')],
  ['sheet.rebuild-events', ({ events }) => events],
  ['sheet.rebuild-rows', ({ rows }) => rows],
  ['sheet.rebuild-days', ({ days }) => days],
  ['sheet.rebuild-differences', ({ differences }) => differences],
];
/** A line for each rebuild of the page. */
const rebuildFiles = sheetFiles<{ items: z.output<typeof rebuildOut>[] }>('rebuilds', ({ items }, language) =>
  table(COLUMNS, items, language),
);

export const rebuildRoutes: Route<Deps>[] = [
  route({
    method: 'POST',
    path: '/figures/rebuild',
    summary: 'Recompute every figure from the journals and compare; with `repair`, put right what differs',
    who: WHO,
    body: z.strictObject({ repair: z.boolean().default(false) }),
    answer: rebuildOut,
    status: 202,
    async handle({ body, actor, now, idempotencyKey }, deps) {
      const asked = createHash('sha256').update(idempotencyKey.scope).digest('hex').slice(0, 26);
      const id = derivedId('rebuild', `_${asked}`);
      const limit = await limitOf(deps.policies, 'rebuilds', { site: GROUP_POLICY, staff: actor.staff, now });
      // One that stands is told again, and nothing more is done.
      if (!(await deps.rebuilds.read(id))) await countNow(deps.counters, limit);
      const wanted = { id, repair: body.repair, startedAt: now, asker: actor.staff, body: idempotencyKey.body };
      const rebuild = await begin(deps, wanted);
      // The same answer however often it is asked: as it was when it began.
      return rebuildView(rebuild, progressOf({}, []), { count: 0, examples: [] });
    },
  }),
  route({
    method: 'GET',
    path: '/figures/rebuild',
    summary: "Rebuilds, the latest first: those asked for, and every night's sample",
    who: WHO,
    query: z.strictObject({ ...paging, ...formatted }),
    answer: pageOf(rebuildOut),
    files: rebuildFiles,
    async handle({ query: { limit, after } }, { rebuilds }) {
      const { rebuilds: some, ...page } = await rebuilds.page(limit, after);
      const items = await Promise.all(some.map((one) => shown(rebuilds, one)));
      return { ...page, items };
    },
  }),
  route({
    method: 'GET',
    path: '/figures/rebuild/{rebuild}',
    summary: 'How far a rebuild is, and what it found to differ',
    who: WHO,
    params: z.object({ rebuild: idParam('rebuild') }),
    answer: rebuildOut,
    async handle({ params }, { rebuilds }) {
      const rebuild = await rebuilds.read(params.rebuild);
      if (!rebuild) throw notFound(params.rebuild);
      return shown(rebuilds, rebuild);
    },
  }),
];

/** Where it stands now. */
const shown = async (rebuilds: Rebuilds, rebuild: Rebuild) => {
  const [chains, found] = await Promise.all([rebuilds.chains(rebuild.id), rebuilds.differences(rebuild.id, EXAMPLES)]);
  return rebuildView(rebuild, progressOf(rebuild, chains), found);
};

const rebuildView = (
  { id, repair, sample, startedAt, asker }: Rebuild,
  { status, notCompared, events, rows, days }: ReturnType<typeof progressOf>,
  { count, examples }: Awaited<ReturnType<Rebuilds['differences']>>,
): z.input<typeof rebuildOut> => ({
  id,
  kind: sample ? 'sample' : 'full',
  status,
  notCompared,
  repair,
  startedAt: iso(startedAt),
  by: asker,
  ...(sample ? { sites: sample.sites } : {}),
  events,
  rows,
  days,
  differences: count,
  examples,
});
