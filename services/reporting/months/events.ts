import * as z from 'zod';
import { defineEvent } from '../../../shared/domain/events.ts';

export const monthClosed = defineEvent(
  'month.closed',
  "A month's figures and collection rates were signed and frozen: they are reprinted as they stood for ever",
  z.object({
    month: z.string().meta({ description: "A month of the site's own calendar, YYYY-MM" }),
    hash: z.string().meta({ description: 'SHA-256 of what was frozen' }),
    parts: z.number().int().meta({ description: 'Items that it lies in' }),
  }),
);
export const monthEvents = [monthClosed] as const;
