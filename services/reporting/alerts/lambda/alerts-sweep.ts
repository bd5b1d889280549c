import { wire } from '../../../../shared/aws/wiring.ts';
import { shell } from '../../../../shared/lambda/shell.ts';
import { sweeper } from '../../../../shared/timers/timers.ts';
import { alertsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('alerts');
export const handler = shell(
  sweeper([{ journal: alertsIn(tables) }], {
    clock: wired.clock,
  }),
);
