import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { onComplaintRegistered } from '../on-complaint-registered.ts';
import { alertsIn } from '../store.ts';
import { watchIn } from '../watch-store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const { doc, registry, policies, clock } = wired;
  const tables = wired.tables('alerts');
  return bus(onComplaintRegistered, {
    alerts: alertsIn(tables),
    watch: watchIn(tables),
    policies,
    clock,
    directory: { doc, registry },
  });
};
