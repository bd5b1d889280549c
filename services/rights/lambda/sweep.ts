import { wire } from '../../../shared/aws/wiring.ts';
import { schedule } from '../../../shared/lambda/schedule.ts';
import { sweeper } from '../../../shared/timers/timers.ts';
import { type Erasure, resume } from '../erasure.ts';
import { erasuresIn } from '../store.ts';

const wired = wire();
const journal = erasuresIn(wired.tables('rights'));
const wake = async (_: string, state: Erasure, now: number) => resume(state, now);
export const handler = schedule(sweeper([{ journal, wake }], { clock: wired.clock }));
