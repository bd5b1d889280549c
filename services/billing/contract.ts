/** What other services read of the ledger besides its events: their lines. */

export { type Entry, entriesOf, itemOf, periodOf } from './accounts/ledger-lines.ts';
