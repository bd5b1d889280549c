import { wire } from '../../../../shared/aws/wiring.ts';
import { schedule } from '../../../../shared/lambda/schedule.ts';
import { sweeper } from '../../../../shared/timers/timers.ts';
import { alertsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('alerts');
export const handler = schedule(
  sweeper([{ journal: alertsIn(tables) }], {
    clock: wired.clock,
  }),
);
