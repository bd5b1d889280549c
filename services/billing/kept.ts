import type { AnyJournal } from '../../shared/forgetting/theirs.ts';
import { type JournalTables, journal } from '../../shared/journal/journal.ts';
import { accountType } from './accounts/contract.ts';
import { letterType, payerType } from './letters/contract.ts';
import { slipType } from './slips/contract.ts';
import { remittanceType } from './statements/contract.ts';
import { exemptionType } from './tariffs/contract.ts';

/** Whatever billing keeps that is of a person; read as it lies there. */
export const theirsIn = (tables: JournalTables): AnyJournal[] => [
  journal(accountType, tables),
  journal(letterType, tables),
  journal(payerType, tables),
  journal(slipType, tables),
  journal(exemptionType, tables),
  journal(remittanceType, tables),
];
