/**
 * How an account's events read as ledger lines, and what a bill's name says: as much a contract as the events are, and
 * the only other file of billing that another service may import. Apart from them, for whoever needs no schemas.
 */
export { itemOf, periodOf } from './ledger/debts.ts';
export { entriesOf, type LedgerEntry } from './ledger/entries.ts';
