import { sweeper } from '../../../shared/timers.ts';
import { wire } from '../../../shared/wiring.ts';
import { complaintsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('complaints');
export const handler = sweeper([{ journal: complaintsIn(tables) }], {
  clock: wired.clock,
});
