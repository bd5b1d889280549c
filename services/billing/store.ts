import { type Journal, type JournalTables, journal } from '../../shared/journal/journal.ts';
import { defineTable } from '../../shared/table.ts';
import { type Account, accountType } from './accounts/account.ts';
import type { AccountEvent } from './accounts/events.ts';

/** Every journal of billing: accounts, runs, schedules, letters, slips, deductions, receipts. Sites prefix the keys. */
export const billingTable = defineTable({ name: 'billing', journal: true });

export type Accounts = Journal<Account, AccountEvent>;
export const accountsIn = (tables: JournalTables): Accounts => journal(accountType, tables);
