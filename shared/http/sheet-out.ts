import * as z from 'zod';
import type { EventDef } from '../domain/events.ts';
import { actionsOut } from './actions-out.ts';
import { historyOut } from './schemas.ts';

/** A journal of such events as its sheet tells it. */
export const historyOf = (events: readonly EventDef[]) =>
  z.array(historyOut.extend({ event: z.enum(events.map(({ name }) => name)) }));

/** What the sheet of a case says besides the case: what happened, whether there is more of it, and what can be done. */
export const sheetOf = (events: readonly EventDef[]) => ({
  history: historyOf(events),
  more: z.boolean(),
  actions: actionsOut,
});
