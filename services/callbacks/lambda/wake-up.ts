import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { timer } from '../../../shared/lambda/timer.ts';
import { callbacksIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  return timer(callbacksIn(wired.tables('callbacks')), wired.clock);
};
