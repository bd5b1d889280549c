import { wire } from '../../../../shared/aws/wiring.ts';
import { schedule } from '../../../../shared/lambda/schedule.ts';
import { sweeper } from '../../../../shared/timers/timers.ts';
import { improvementsIn } from '../improvements/store.ts';

const wired = wire();
const tables = wired.tables('reports');
export const handler = schedule(
  sweeper([{ journal: improvementsIn(tables) }], {
    clock: wired.clock,
  }),
);
