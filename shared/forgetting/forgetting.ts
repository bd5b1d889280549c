import type { Recorded } from '../domain/events.ts';
import { derivedId } from '../domain/ids.ts';
import type { AggregateType } from '../journal/aggregate.ts';
import { type Journal, type JournalTables, journal } from '../journal/journal.ts';
import { forgettingDone, forgettingErased, type Keeping } from './events.ts';

const events = [forgettingErased, forgettingDone] as const;
export type ForgettingEvent = (typeof events)[number];

/** What a service did to forget a person: by which its answer reaches whoever asked. */
export interface Forgetting {
  /** The events that asked and were answered, the newest last. */
  answered: string[];
  owed: [];
}

/** One for each service: it answers for itself. */
export const forgettingId = (erasure: string, service: Keeping): string =>
  `${derivedId('forgetting', erasure)}-${service}`;

/** As many as may come again. */
const REMEMBERED = 20;

export const forgettingType: AggregateType<Forgetting, ForgettingEvent> = {
  type: 'forgetting',
  ids: 'forgetting',
  kind: 'record',
  most: { answered: REMEMBERED },
  events,
  fold: (state: Forgetting | undefined, event: Recorded<ForgettingEvent>): Forgetting => {
    const answered = state?.answered ?? [];
    return {
      answered: event.name === 'forgetting.done' ? [...answered, event.data.asked].slice(-REMEMBERED) : answered,
      owed: [],
    };
  },
  finished: () => true,
};

export type Forgettings = Journal<Forgetting, ForgettingEvent>;
export const forgettingsIn = (tables: JournalTables): Forgettings => journal(forgettingType, tables);
