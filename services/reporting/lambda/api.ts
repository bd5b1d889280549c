import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { http } from '../../../shared/lambda/http.ts';
import type { ReadingDeps } from '../api.ts';
import { collectionRoutes } from '../collections/api.ts';
import { arrearsRoutes } from '../collections/arrears/api.ts';
import { collectionIn } from '../collections/contract-store.ts';
import { figureRoutes } from '../figures/api.ts';
import { ledgersIn, reportingIn } from '../figures/contract-store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('reporting');
  return http<ReadingDeps>([...figureRoutes, ...collectionRoutes, ...arrearsRoutes], {
    ...wired,
    reporting: reportingIn(tables),
    collection: collectionIn(tables),
    ledgers: ledgersIn({ doc: wired.doc, table: wired.tables('billing').own }),
  });
};
