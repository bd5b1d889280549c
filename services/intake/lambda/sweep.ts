import { SFNClient } from '@aws-sdk/client-sfn';
import { timely } from '../../../shared/aws/timely.ts';
import { required, wire } from '../../../shared/aws/wiring.ts';
import { schedule } from '../../../shared/lambda/schedule.ts';
import { sweeper, wakeUpScheduler } from '../../../shared/timers/timers.ts';
import { contactsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('contacts');
const start = wakeUpScheduler(timely(new SFNClient({})), required('MACHINE_ARN'));
export const handler = schedule(
  sweeper([{ journal: contactsIn(tables) }], {
    clock: wired.clock,
    start: () => start,
  }),
);
