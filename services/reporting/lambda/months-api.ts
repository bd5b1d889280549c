import { serve } from '../../../shared/http/serve.ts';
import { wire } from '../../../shared/wiring.ts';
import { collectionIn } from '../collection/store.ts';
import { monthRoutes } from '../months/api.ts';
import { monthsIn } from '../months/store.ts';
import { reportingIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('reporting');
export const handler = serve(monthRoutes, {
  ...wired,
  months: monthsIn(wired.tables('months')),
  reporting: reportingIn(tables),
  collection: collectionIn(tables),
});
