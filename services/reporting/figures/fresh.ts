import * as z from 'zod';
import { aggregateTypeOf } from '../../../shared/domain/events.ts';
import { instantOut } from '../../../shared/http/schemas.ts';
import { type Instant, iso } from '../../../shared/time/clock.ts';
import { JOURNALS, type JournalName, type JournalTable, TABLE_OF } from './journal-store.ts';
import type { Seen } from './measures/measure.ts';

/**
 * When the newest event that was counted had been recorded, by the table its journal lies in. Streams come side by side, so
 * what is kept may be a little older than the newest, never newer.
 */
export type AsOf = Partial<Record<JournalTable, Instant>>;

export const asOfEvent = ({ name, at }: Seen): AsOf => ({ [TABLE_OF[aggregateTypeOf(name) as JournalName]]: at });

/** The newest of each source. */
export const newest = (all: readonly (AsOf | undefined)[]): AsOf => {
  const found: AsOf = {};
  for (const one of all) {
    for (const source of JOURNALS) {
      const at = one?.[source];
      if (at !== undefined && at > (found[source] ?? -1)) found[source] = at;
    }
  }
  return found;
};

const at = instantOut.nullable();
export const asOfOut = z.object({ contacts: at, complaints: at, callbacks: at, billing: at }).meta({
  id: 'AsOf',
  description:
    'How fresh they are: when the newest event that these figures count was recorded, by source; null where none is counted',
});

export const asOfView = (all: readonly { asOf: AsOf }[]): z.input<typeof asOfOut> => {
  const found = newest(all.map(({ asOf }) => asOf));
  const said = (source: JournalTable) => (found[source] === undefined ? null : iso(found[source]));
  return {
    contacts: said('contacts'),
    complaints: said('complaints'),
    callbacks: said('callbacks'),
    billing: said('billing'),
  };
};
