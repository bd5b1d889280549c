import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { collectionIn } from '../collection/store.ts';
import { type Deps as Improving, routes as improvementRoutes } from '../improvements/api.ts';
import { improvementsIn } from '../improvements/store.ts';
import { monthsIn } from '../months/store.ts';
import { type Deps as Reporting, routes } from '../reports/api.ts';
import { reportsIn } from '../reports/store.ts';
import { reportingIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('reports');
export const handler = serve<Reporting & Improving>([...routes, ...improvementRoutes], {
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
