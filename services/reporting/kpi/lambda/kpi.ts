import { wire } from '../../../../shared/aws/wiring.ts';
import { stream } from '../../../../shared/lambda/stream.ts';
import { collectionIn } from '../../collections/contract-store.ts';
import { ledgersIn, reportingIn } from '../../figures/contract-store.ts';
import { counter } from '../count.ts';

const wired = wire();
const tables = wired.tables('reporting');
export const handler = stream(
  counter({
    ...wired,
    reporting: reportingIn(tables),
    collection: collectionIn(tables),
    ledgers: ledgersIn({ doc: wired.doc, table: wired.tables('billing').own }),
  }),
);
