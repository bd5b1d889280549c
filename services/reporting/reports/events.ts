import * as z from 'zod';
import { defineEvent, personalRef } from '../../../shared/domain/events.ts';

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
export const reportLinksEnded = defineEvent(
  'report.links-ended',
  'Somebody ended the links that were mailed so far: they open nothing any more.',
  z.object({ period: reportIssued.data.shape.period, words: personalRef.meta({ description: 'Why' }) }),
);
export const reportEvents = [reportIssued, reportLinksEnded] as const;
export type ReportEvent = (typeof reportEvents)[number];
