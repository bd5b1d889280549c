import { wire } from '../../../../shared/aws/wiring.ts';
import { shell } from '../../../../shared/lambda/shell.ts';
import { sweeper } from '../../../../shared/timers/timers.ts';
import { improvementsIn } from '../improvements/store.ts';

const wired = wire();
const tables = wired.tables('reports');
export const handler = shell(
  sweeper([{ journal: improvementsIn(tables) }], {
    clock: wired.clock,
  }),
);
