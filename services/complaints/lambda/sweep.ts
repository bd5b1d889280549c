import { wire } from '../../../shared/aws/wiring.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { sweeper } from '../../../shared/timers/timers.ts';
import { complaintsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('complaints');
export const handler = shell(
  sweeper([{ journal: complaintsIn(tables) }], {
    clock: wired.clock,
  }),
);
