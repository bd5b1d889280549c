import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { queue } from '../../../../shared/lambda/queue.ts';
import { collectionIn } from '../../collections/contract-store.ts';
import { reportingIn } from '../../figures/contract-store.ts';
import { monthsIn } from '../../months/contract-store.ts';
import { improvementsIn } from '../improvements/store.ts';
import { reportsIn } from '../store.ts';
import { writer } from '../writer.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('reports');
  return queue(
    writer({
      ...wired,
      reports: reportsIn(tables),
      improvements: improvementsIn(tables),
      reporting: reportingIn(wired.tables('reporting')),
      collection: collectionIn(wired.tables('reporting')),
      months: monthsIn(wired.tables('months')),
      alerts: wired.tables('alerts'),
      directory: { doc: wired.doc, registry: wired.registry },
    }),
  );
};
