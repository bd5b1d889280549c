import { wire } from '../../../../shared/aws/wiring.ts';
import { queue } from '../../../../shared/lambda/queue.ts';
import { collectionIn } from '../../collections/contract-store.ts';
import { reportingIn } from '../../figures/contract-store.ts';
import { monthsIn } from '../../months/contract-store.ts';
import { improvementsIn } from '../improvements/store.ts';
import { reportsIn } from '../store.ts';
import { writer } from '../writer.ts';

const wired = wire();
const tables = wired.tables('reports');
export const handler = queue(
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
