import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onComplaintRegistered } from '../alerts/on-complaint-registered.ts';
import { alertsIn } from '../alerts/store.ts';
import { watchIn } from '../alerts/watch-store.ts';

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
