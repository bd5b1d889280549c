import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { collectionIn } from '../../collections/contract-store.ts';
import { reportingIn } from '../../figures/contract-store.ts';
import { monthRoutes } from '../api.ts';
import { monthsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('reporting');
export const handler = http(monthRoutes, {
  ...wired,
  months: monthsIn(wired.tables('months')),
  reporting: reportingIn(tables),
  collection: collectionIn(tables),
});
