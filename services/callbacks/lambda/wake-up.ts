import { wire } from '../../../shared/aws/wiring.ts';
import { timer } from '../../../shared/lambda/timer.ts';
import { callbacksIn } from '../store.ts';

const wired = wire();
export const handler = timer(callbacksIn(wired.tables('callbacks')), wired.clock);
