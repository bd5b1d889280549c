import { ask } from '../../../shared/timers.ts';
import { wire } from '../../../shared/wiring.ts';
import { callbacksIn } from '../store.ts';

const wired = wire();
export const handler = ask(callbacksIn(wired.tables('callbacks')), wired.clock);
