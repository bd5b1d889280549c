import { SFNClient } from '@aws-sdk/client-sfn';
import { timely } from '../../../shared/aws/timely.ts';
import { required, wire } from '../../../shared/aws/wiring.ts';
import { schedule } from '../../../shared/lambda/schedule.ts';
import { sweeper, wakeUpScheduler } from '../../../shared/timers/timers.ts';
import { callbacksIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('callbacks');
const start = wakeUpScheduler(timely(new SFNClient({})), required('MACHINE_ARN'));
export const handler = schedule(
  sweeper([{ journal: callbacksIn(tables) }], {
    clock: wired.clock,
    start: () => start,
  }),
);
