import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { schedule } from '../../../shared/lambda/schedule.ts';
import { sweeper } from '../../../shared/timers/timers.ts';
import { type Erasure, resume } from '../erasure.ts';
import { erasuresIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const journal = erasuresIn(wired.tables('rights'));
  const wake = async (_: string, state: Erasure, now: number) => resume(state, now);
  return schedule(sweeper(aws, [{ journal, wake }]));
};
