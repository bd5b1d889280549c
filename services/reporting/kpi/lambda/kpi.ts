import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { stream } from '../../../../shared/lambda/stream.ts';
import { collectionIn } from '../../collections/contract-store.ts';
import { ledgersIn, reportingIn } from '../../figures/contract-store.ts';
import { counter } from '../count.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('reporting');
  return stream(
    counter({
      ...wired,
      reporting: reportingIn(tables),
      collection: collectionIn(tables),
      ledgers: ledgersIn({ doc: wired.doc, table: wired.tables('billing').own }),
    }),
  );
};
