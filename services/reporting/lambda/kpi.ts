import { wire } from '../../../shared/wiring.ts';
import { collectionIn } from '../collection/store.ts';
import { counter } from '../count.ts';
import { ledgersIn } from '../journal-store.ts';
import { reportingIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('reporting');
export const handler = counter({
  ...wired,
  reporting: reportingIn(tables),
  collection: collectionIn(tables),
  ledgers: ledgersIn({ doc: wired.doc, table: wired.tables('billing').own }),
});
