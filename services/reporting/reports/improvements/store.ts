import { type Journal, type JournalTables, journal } from '../../../../shared/journal/journal.ts';
import type { ImprovementEvent } from './events.ts';
import { type Improvement, improvementType } from './improvement.ts';

/** In the table of reports; see reports/store.ts. */
export type Improvements = Journal<Improvement, ImprovementEvent>;
export const improvementsIn = (tables: JournalTables): Improvements => journal(improvementType, tables);
