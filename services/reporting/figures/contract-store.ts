/** Rows and counts as they are kept. */

export { type CountCell, cellOf } from './cell-store.ts';
export {
  JOURNALS,
  type JournalName,
  type Journals,
  type JournalTable,
  journalsIn,
  type Ledgers,
  ledgersIn,
  type Slice,
  type StartKey,
  scan,
  TABLE_OF,
} from './journal-store.ts';
export { CASES_INDEX, type Reporting, type RunningCase, reportingIn, rowOf, TOGETHER } from './store.ts';
