import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Access } from '../../shared/access.ts';
import { type Clock, iso } from '../../shared/clock.ts';
import { type Route, routesFor } from '../../shared/http/route.ts';
import { idParam } from '../../shared/http/schemas.ts';
import { derivedId } from '../../shared/ids.ts';
import type { Role } from '../../shared/posts.ts';
import { notFound, Refusal } from '../../shared/refusal.ts';
import type { Send } from './rebuild.ts';
import type { Rebuild, Rebuilds } from './rebuild-store.ts';

export interface Deps {
  rebuilds: Rebuilds;
  send: Send;
  access: Access;
  clock: Clock;
}

const route = routesFor<Deps>();
const EXAMPLES = 20;
/** Roles that hold for the whole group. */
const WHO: Role[] = ['quality-manager', 'administrator'];

const n = z.number().int().min(0);
const rebuildOut = z
  .object({
    id: z.string(),
    status: z.enum(['running', 'done']),
    repair: z.boolean(),
    startedAt: z.string(),
    by: z.string(),
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

export const rebuildRoutes: Route<Deps>[] = [
  route({
    method: 'POST',
    path: '/figures/rebuild',
    summary: 'Recompute every figure from the journals and compare; with `repair`, put right what differs',
    who: WHO,
    body: z.strictObject({ repair: z.boolean().default(false) }),
    answer: rebuildOut,
    status: 202,
    async handle({ body, actor, now, once }, { rebuilds, send }) {
      const asked = createHash('sha256').update(once.scope).digest('hex').slice(0, 26);
      const rebuild = await rebuilds.start({
        id: derivedId('rebuild', `_${asked}`),
        status: 'running',
        step: 0,
        cursor: { pass: 0 },
        repair: body.repair,
        startedAt: now,
        by: actor.staff,
        body: once.body,
        events: 0,
        rows: 0,
        days: 0,
      });
      if (rebuild.body !== once.body) throw new Refusal('conflict', 'request.key-reused');
      // Told again when asked again: whoever started it may have died before saying so.
      if (rebuild.step === 0) await send({ rebuild: rebuild.id, step: 0, tries: 0 });
      // The same answer however often it is asked: as it was when it began.
      const begun = { ...rebuild, status: 'running' as const, events: 0, rows: 0, days: 0 };
      return rebuildView(begun, { count: 0, examples: [] });
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
      return rebuildView(rebuild, await rebuilds.differences(rebuild.id, EXAMPLES));
    },
  }),
];

const rebuildView = (
  { id, status, repair, startedAt, by, events, rows, days }: Rebuild,
  { count, examples }: Awaited<ReturnType<Rebuilds['differences']>>,
): z.input<typeof rebuildOut> => ({
  id,
  status,
  repair,
  startedAt: iso(startedAt),
  by,
  events,
  rows,
  days,
  differences: count,
  examples,
});
