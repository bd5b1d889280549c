import { type Journal, type JournalTables, journal } from '../../../shared/journal/journal.ts';
import type { SlipEvent } from './events.ts';
import { type Slip, slipType } from './slip.ts';

export type Slips = Journal<Slip, SlipEvent>;
export const slipsIn = (tables: JournalTables): Slips => journal(slipType, tables);
