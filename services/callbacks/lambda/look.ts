import { wire } from '../../../shared/aws/wiring.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { ask } from '../../../shared/timers/timers.ts';
import { callbacksIn } from '../store.ts';

const wired = wire();
export const handler = shell(ask(callbacksIn(wired.tables('callbacks')), wired.clock));
