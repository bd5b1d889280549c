import * as z from 'zod';
import { instantOut, owedOut, owedView } from '../../../../shared/http/schemas.ts';
import { sheetOf } from '../../../../shared/http/sheet-out.ts';
import type { Current } from '../../../../shared/journal/aggregate.ts';
import { role } from '../../../../shared/people/positions.ts';
import { type Instant, iso } from '../../../../shared/time/clock.ts';
import { improvementEvents, TOPICS } from './events.ts';
import { type Improvement, STATUSES } from './improvement.ts';

export const improvementOut = z
  .object({
    id: z.string(),
    site: z.string(),
    version: z.number().int(),
    status: z.enum(STATUSES),
    period: z.string().meta({ description: 'The month or year whose report led to it' }),
    topic: z.enum(TOPICS).meta({ description: 'The figure, or what else of the report, that is to become better' }),
    role,
    department: z.string().optional(),
    dueDay: z.string().meta({ description: 'Site-local; due by its end' }),
    late: z.boolean().meta({ description: 'Not done by the end of its day' }),
    plannedAt: instantOut,
    plannedBy: z.string(),
    endedAt: instantOut.optional().meta({ description: 'When it was done or dropped' }),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Improvement' });

export const improvementSheetOut = improvementOut.extend(sheetOf(improvementEvents)).meta({ id: 'ImprovementSheet' });

/** Late: done after its due time, or not done and past it. Dropped, it no longer is. */
export const isLate = ({ status, due, endedAt }: Improvement, now: Instant): boolean =>
  status !== 'dropped' && (endedAt ?? now) > due;

export const improvementView = (
  { id, site, version, state }: Current<Improvement>,
  _: unknown,
  now: Instant,
): z.input<typeof improvementOut> => {
  if (!state) throw new Error(`${id} has no state`);
  const { status, period, topic, position, dueDay, plannedAt, plannedBy, endedAt, owed } = state;
  return {
    id,
    site,
    version,
    status,
    period,
    topic,
    ...position,
    dueDay,
    late: isLate(state, now),
    plannedAt: iso(plannedAt),
    plannedBy,
    ...(endedAt === undefined ? {} : { endedAt: iso(endedAt) }),
    owed: owedView(owed, now),
  };
};
