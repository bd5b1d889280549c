import { defineTable } from '../../shared/aws/table.ts';
import { type Journal, type JournalTables, journal } from '../../shared/journal/journal.ts';
import { type Callback, callbackType } from './callback.ts';
import type { CallbackEvent } from './events.ts';

/** Journals of callbacks; the due index holds one item for each that is still owed. */
export const callbacksTable = defineTable({ name: 'callbacks', journal: true });

export type Callbacks = Journal<Callback, CallbackEvent>;
export const callbacksIn = (tables: JournalTables): Callbacks => journal(callbackType, tables);
