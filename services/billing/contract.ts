/** What other services read of the ledger besides its events: their lines. */

export { entriesOf, itemOf, type LedgerEntry, periodOf } from './accounts/ledger-lines.ts';
