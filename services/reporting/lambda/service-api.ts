import { serve } from '../../../shared/http/serve.ts';
import { wire } from '../../../shared/wiring.ts';
import { type Deps, serviceRoutes } from '../service/api.ts';
import { assessmentRoutes } from '../service/assessment-api.ts';
import { reportingIn } from '../store.ts';

const wired = wire();
const { doc, registry } = wired;
export const handler = serve<Deps>([...serviceRoutes, ...assessmentRoutes], {
  ...wired,
  reporting: reportingIn(wired.tables('reporting')),
  directory: { doc, registry },
});
