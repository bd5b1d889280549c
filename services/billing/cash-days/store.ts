import { type Journal, type JournalTables, journal } from '../../../shared/journal/journal.ts';
import { type CashDay, cashDayType } from './cash-day.ts';
import type { CashDayEvent } from './events.ts';

export type CashDays = Journal<CashDay, CashDayEvent>;
export const cashDaysIn = (tables: JournalTables): CashDays => journal(cashDayType, tables);
