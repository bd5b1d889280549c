import { sweeper } from '../../../shared/timers.ts';
import { wire } from '../../../shared/wiring.ts';
import { improvementsIn } from '../improvements/store.ts';

const wired = wire();
const tables = wired.tables('reports');
export const handler = sweeper([{ journal: improvementsIn(tables) }], {
  clock: wired.clock,
});
