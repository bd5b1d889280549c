import { wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { onComplaintRegistered } from '../on-complaint-registered.ts';
import { alertsIn } from '../store.ts';
import { watchIn } from '../watch-store.ts';

const wired = wire();
const { doc, registry, policies, clock } = wired;
const tables = wired.tables('alerts');
export const handler = bus(onComplaintRegistered, {
  alerts: alertsIn(tables),
  watch: watchIn(tables),
  policies,
  clock,
  directory: { doc, registry },
});
