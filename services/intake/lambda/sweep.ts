import { SFNClient } from '@aws-sdk/client-sfn';
import { startTimer, sweeper } from '../../../shared/timers.ts';
import { required, wire } from '../../../shared/wiring.ts';
import { contactsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('contacts');
export const handler = sweeper([contactsIn(tables)], {
  clock: wired.clock,
  duePartitions: tables.duePartitions,
  start: startTimer(new SFNClient({}), required('MACHINE_ARN')),
});
