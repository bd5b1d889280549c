import * as z from 'zod';
import { at, day, defineEvent, personalRef } from '../../../shared/domain/events.ts';
import { obligation, obligationEvents } from '../../../shared/domain/obligation.ts';

/** Why there is an alert: several households about the same, more complaints than chance explains, a target about to be missed. */
export const RULES = ['major', 'rise', 'at-risk'] as const;
export type AlertRule = (typeof RULES)[number];
/** What it is about: a kind of complaints, a building, or a measure. */
export const SUBJECTS = ['kind', 'building', 'measure'] as const;
export type Subject = (typeof SUBJECTS)[number];

const count = z.number().int().min(0);

export const alertRaised = defineEvent(
  'alert.raised',
  'Something of a site’s day that people have to look at; raised once of its rule, what it is about and its day.',
  z.object({
    rule: z.enum(RULES),
    day: day.meta({ description: "The site-local day of the complaints, or the figure's cohort day" }),
    of: z.enum(SUBJECTS),
    value: z.string().meta({ description: "The complaints' kind, the building's name, or the measure" }),
    complaints: z
      .array(z.string())
      .optional()
      .meta({ description: 'Behind it when it was raised, the first 50; more may have come since' }),
    count: count.optional().meta({ description: 'Complaints of the day when it was raised' }),
    households: count
      .optional()
      .meta({ description: 'Those that share a unit or a party are one; none of what is said in confidence' }),
    hidden: count
      .optional()
      .meta({ description: 'Complaints said in confidence: of how many households isn’t known here' }),
    before: z
      .object({ complaints: count, days: count })
      .optional()
      .meta({ description: 'Of a rise: how many complaints in how many days it was held against' }),
    figure: z
      .object({ met: count, missed: count, atRisk: count, target: count })
      .optional()
      .meta({ description: 'Of a figure: how it stood, how many are at risk, and its target (percent)' }),
    firstDue: at.optional().meta({ description: 'When the first of what is at risk is due' }),
    departments: z.array(z.string()).meta({ description: 'Whose heads owe of what is at risk' }),
    policy: count.meta({ description: 'The policy version frozen for the case' }),
    opens: z.array(obligation),
  }),
);
export const alertAcknowledged = defineEvent(
  'alert.acknowledged',
  'Somebody looked at it and said what is done.',
  z.object({ words: personalRef }),
);

export const alertEvents = [alertRaised, alertAcknowledged, ...obligationEvents('alert')] as const;
export type AlertEvent = (typeof alertEvents)[number];
