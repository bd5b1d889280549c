import * as z from 'zod';
import { instantOut, owedOut, owedView } from '../../../shared/http/schemas.ts';
import { sheetOf } from '../../../shared/http/sheet-out.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import { iso } from '../../../shared/time/clock.ts';
import type { Alert } from './alert.ts';
import { type AlertRule, alertEvents, RULES, SUBJECTS } from './events.ts';

const n = z.number().int().min(0);

export const alertOut = z
  .object({
    id: z.string(),
    site: z.string(),
    version: n,
    status: z.enum(['raised', 'acknowledged']),
    rule: z
      .enum(RULES)
      .meta({ description: 'A major event (重大事件), an unusual rise, or a figure about to miss its target' }),
    day: z.string().meta({ description: "The complaints' day, or the figure's cohort day" }),
    of: z.enum(SUBJECTS),
    value: z.string().meta({ description: 'Which kind of complaints, building or measure' }),
    raisedAt: instantOut,
    count: n
      .optional()
      .meta({ description: 'Complaints of the day when it was raised; its cases list those since, too' }),
    households: n.optional().meta({ description: 'Distinct households when it was raised, as far as they are known' }),
    hidden: n.optional().meta({ description: 'Complaints said in confidence: of how many households isn’t known' }),
    before: z
      .object({ complaints: n, days: n })
      .optional()
      .meta({ description: 'What a rise was held against: so many complaints in so many days' }),
    figure: z.object({ met: n, missed: n, atRisk: n, target: n }).optional().meta({
      description: 'How the figure stood when it was raised, how many were at risk, and its target in percent',
    }),
    firstDue: instantOut.optional().meta({ description: 'When the first of what was at risk was due' }),
    departments: z.array(z.string()),
    late: z.boolean().meta({ description: 'Nobody had acknowledged it when that was due' }),
    acknowledgedAt: instantOut.optional(),
    acknowledgedBy: z.string().optional(),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Alert' });

const alertCount = z.object({
  raised: n,
  acknowledged: n,
  late: n.meta({ description: 'Not acknowledged in time' }),
});
/** Of a span, by rule. */
export const alertCountsOut = z.object(
  Object.fromEntries(RULES.map((rule) => [rule, alertCount])) as Record<AlertRule, typeof alertCount>,
);

export const alertSheetOut = alertOut.extend(sheetOf(alertEvents)).meta({ id: 'AlertSheet' });

export const alertView = ({ id, site, version, state }: Current<Alert>, now: number): z.input<typeof alertOut> => {
  if (!state) throw new Error(`${id} has no state`);
  const { raisedAt, firstDue, acknowledgedAt, late = false, owed, complaints: _, policy: __, ...rest } = state;
  return {
    ...rest,
    id,
    site,
    version,
    late,
    raisedAt: iso(raisedAt),
    ...(firstDue === undefined ? {} : { firstDue: iso(firstDue) }),
    ...(acknowledgedAt === undefined ? {} : { acknowledgedAt: iso(acknowledgedAt) }),
    owed: owedView(owed, now),
  };
};
