import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { collectionIn } from '../../collections/contract-store.ts';
import { reportingIn } from '../../figures/contract-store.ts';
import { monthRoutes } from '../api.ts';
import { monthsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('reporting');
  return http(monthRoutes, {
    ...wired,
    months: monthsIn(wired.tables('months')),
    reporting: reportingIn(tables),
    collection: collectionIn(tables),
  });
};
