import type { AnyJournal } from '../../shared/forgetting/theirs.ts';
import { type JournalTables, journal } from '../../shared/journal/journal.ts';
import { accountType } from './accounts/account.ts';
import { letterType } from './letters/letter.ts';
import { payerType } from './letters/payer.ts';
import { slipType } from './slips/slip.ts';
import { remittanceType } from './statements/remittance.ts';

/** Whatever billing keeps that is of a person; read as it lies there. */
export const theirsIn = (tables: JournalTables): AnyJournal[] => [
  journal(accountType, tables),
  journal(letterType, tables),
  journal(payerType, tables),
  journal(slipType, tables),
  journal(remittanceType, tables),
];
