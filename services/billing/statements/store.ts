import { type Journal, type JournalTables, journal } from '../../../shared/journal/journal.ts';
import type { RemittanceEvent } from './events.ts';
import { type Remittance, remittanceType } from './remittance.ts';

export type Remittances = Journal<Remittance, RemittanceEvent>;
export const remittancesIn = (tables: JournalTables): Remittances => journal(remittanceType, tables);
