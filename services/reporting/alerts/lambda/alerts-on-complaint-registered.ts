import { wire } from '../../../../shared/aws/wiring.ts';
import { consume } from '../../../../shared/lambda/consumer.ts';
import { shell } from '../../../../shared/lambda/shell.ts';
import { onComplaintRegistered } from '../on-complaint-registered.ts';
import { alertsIn } from '../store.ts';
import { watchIn } from '../watch-store.ts';

const wired = wire();
const { doc, registry, policies, clock } = wired;
const tables = wired.tables('alerts');
export const handler = shell(
  consume(onComplaintRegistered, {
    alerts: alertsIn(tables),
    watch: watchIn(tables),
    policies,
    clock,
    directory: { doc, registry },
  }),
);
