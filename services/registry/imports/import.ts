import type * as z from 'zod';
import type { Recorded } from '../../../shared/domain/events.ts';
import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import { importFinished } from '../events.ts';

const events = [importFinished] as const;
export type ImportEvent = (typeof events)[number];

/** That a spreadsheet was imported, and what came of it: what the same request is answered with for good. */
export type ImportRun = z.output<typeof importFinished.data> & { owed: [] };

export const importType: AggregateType<ImportRun, ImportEvent> = {
  type: 'import',
  ids: 'import',
  kind: 'record',
  events,
  most: { bad: 100, unread: 10_000, unused: 10_000 },
  fold: (_, event: Recorded<ImportEvent>) => ({ ...event.data, owed: [] }),
  finished: () => true,
};
