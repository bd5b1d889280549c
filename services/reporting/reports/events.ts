import * as z from 'zod';
import { defineEvent } from '../../../shared/events.ts';

export const reportIssued = defineEvent(
  'report.issued',
  'A monthly or annual report was composed and kept as it stood; whoever it is for is mailed it.',
  z.object({
    period: z.string().meta({ description: "A month or a year of the site's own calendar, YYYY-MM or YYYY" }),
    edition: z.number().int().min(1).meta({ description: 'The first, or one made again' }),
    hash: z.string().meta({ description: 'SHA-256 of what was composed' }),
    parts: z.number().int().meta({ description: 'Items that it lies in' }),
  }),
);
export const reportEvents = [reportIssued] as const;
export type ReportEvent = (typeof reportEvents)[number];
