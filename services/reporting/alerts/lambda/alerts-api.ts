import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import type { Route } from '../../../../shared/http/route.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { reportingIn } from '../../figures/contract-store.ts';
import { type AlertDeps, alertRoutes } from '../api.ts';
import { type AtRiskDeps, atRiskRoutes } from '../at-risk/api.ts';
import { headsIn } from '../at-risk/owners.ts';
import { alertsIn } from '../store.ts';
import { watchIn } from '../watch-store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('alerts');
  const routes: Route<AlertDeps & AtRiskDeps>[] = [...alertRoutes, ...atRiskRoutes];
  return http(routes, {
    ...wired,
    alerts: alertsIn(tables),
    watch: watchIn(tables),
    reporting: reportingIn(wired.tables('reporting')),
    heads: headsIn(wired),
    personal: personalReader(tables),
  });
};
