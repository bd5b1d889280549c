import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { reportingIn } from '../../figures/contract-store.ts';
import { type Deps, serviceRoutes } from '../api.ts';
import { assessmentRoutes } from '../assessment-api.ts';

const wired = wire();
const { doc, registry } = wired;
export const handler = http<Deps>([...serviceRoutes, ...assessmentRoutes], {
  ...wired,
  reporting: reportingIn(wired.tables('reporting')),
  directory: { doc, registry },
});
