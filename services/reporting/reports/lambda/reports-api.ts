import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { collectionIn } from '../../collections/contract-store.ts';
import { reportingIn } from '../../figures/contract-store.ts';
import { monthsIn } from '../../months/contract-store.ts';
import { type Deps as Reporting, routes } from '../api.ts';
import { type Deps as Improving, routes as improvementRoutes } from '../improvements/api.ts';
import { improvementsIn } from '../improvements/store.ts';
import { reportsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('reports');
  return http<Reporting & Improving>([...routes, ...improvementRoutes], {
    ...wired,
    reports: reportsIn(tables),
    improvements: improvementsIn(tables),
    personal: personalReader(tables),
    reporting: reportingIn(wired.tables('reporting')),
    collection: collectionIn(wired.tables('reporting')),
    months: monthsIn(wired.tables('months')),
    alerts: wired.tables('alerts'),
    directory: { doc: wired.doc, registry: wired.registry },
  });
};
