import { wire } from '../../../shared/aws/wiring.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { sweeper } from '../../../shared/timers/timers.ts';
import { type Erasure, resume } from '../erasure.ts';
import { erasuresIn } from '../store.ts';

const wired = wire();
const journal = erasuresIn(wired.tables('rights'));
const wake = async (_: string, state: Erasure, now: number) => resume(state, now);
export const handler = shell(sweeper([{ journal, wake }], { clock: wired.clock }));
