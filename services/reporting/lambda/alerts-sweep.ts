import { sweeper } from '../../../shared/timers.ts';
import { wire } from '../../../shared/wiring.ts';
import { alertsIn } from '../alerts/store.ts';

const wired = wire();
const tables = wired.tables('alerts');
export const handler = sweeper([{ journal: alertsIn(tables) }], {
  clock: wired.clock,
});
