import type { Route } from '../../../shared/http/route.ts';
import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { type AlertDeps, alertRoutes } from '../alerts/api.ts';
import { alertsIn } from '../alerts/store.ts';
import { watchIn } from '../alerts/watch-store.ts';
import { type AtRiskDeps, atRiskRoutes } from '../at-risk/api.ts';
import { headsIn } from '../at-risk/owners.ts';
import { reportingIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('alerts');
const routes: Route<AlertDeps & AtRiskDeps>[] = [...alertRoutes, ...atRiskRoutes];
export const handler = serve(routes, {
  ...wired,
  alerts: alertsIn(tables),
  watch: watchIn(tables),
  reporting: reportingIn(wired.tables('reporting')),
  heads: headsIn(wired),
  personal: personalReader(tables),
});
