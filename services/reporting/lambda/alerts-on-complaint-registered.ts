import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onComplaintRegistered } from '../alerts/on-complaint-registered.ts';
import { alertsIn, watchIn } from '../alerts/store.ts';

const wired = wire();
const { doc, registry, policies, clock } = wired;
const tables = wired.tables('alerts');
export const handler = consume(onComplaintRegistered, {
  alerts: alertsIn(tables),
  watch: watchIn(tables),
  policies,
  clock,
  directory: { doc, registry },
});
