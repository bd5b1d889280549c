import { wire } from '../../../shared/wiring.ts';
import { alertsIn } from '../alerts/store.ts';
import { lookAtRisk } from '../at-risk/look.ts';
import { headsIn } from '../at-risk/owners.ts';
import { reportingIn } from '../store.ts';

const wired = wire();
const { policies, clock } = wired;
export const handler = lookAtRisk({
  policies,
  clock,
  reporting: reportingIn(wired.tables('reporting')),
  alerts: alertsIn(wired.tables('alerts')),
  heads: headsIn(wired),
});
