import { wire } from '../../../../shared/aws/wiring.ts';
import { serve } from '../../../../shared/http/serve.ts';
import { collectionIn } from '../../collections/contract-store.ts';
import { reportingIn } from '../../figures/contract-store.ts';
import { monthRoutes } from '../api.ts';
import { monthsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('reporting');
export const handler = serve(monthRoutes, {
  ...wired,
  months: monthsIn(wired.tables('months')),
  reporting: reportingIn(tables),
  collection: collectionIn(tables),
});
