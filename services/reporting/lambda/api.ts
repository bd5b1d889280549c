import { serve } from '../../../shared/http/serve.ts';
import { wire } from '../../../shared/wiring.ts';
import type { ReadingDeps } from '../api.ts';
import { arrearsRoutes } from '../arrears/api.ts';
import { collectionRoutes } from '../collection/api.ts';
import { collectionIn } from '../collection/store.ts';
import { figureRoutes } from '../figures-api.ts';
import { ledgersIn } from '../journal-store.ts';
import { reportingIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('reporting');
export const handler = serve<ReadingDeps>([...figureRoutes, ...collectionRoutes, ...arrearsRoutes], {
  ...wired,
  reporting: reportingIn(tables),
  collection: collectionIn(tables),
  ledgers: ledgersIn({ doc: wired.doc, table: wired.tables('billing').own }),
});
