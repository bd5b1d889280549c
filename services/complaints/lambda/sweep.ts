import { wire } from '../../../shared/aws/wiring.ts';
import { schedule } from '../../../shared/lambda/schedule.ts';
import { sweeper } from '../../../shared/timers/timers.ts';
import { complaintsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('complaints');
export const handler = schedule(
  sweeper([{ journal: complaintsIn(tables) }], {
    clock: wired.clock,
  }),
);
