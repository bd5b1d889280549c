import { wire } from '../../../../shared/aws/wiring.ts';
import { timer } from '../../../../shared/lambda/timer.ts';
import { accountsIn } from '../store.ts';

const wired = wire();
export const handler = timer(accountsIn(wired.tables('billing'), wired), wired.clock);
