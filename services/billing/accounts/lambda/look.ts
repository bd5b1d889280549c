import { wire } from '../../../../shared/aws/wiring.ts';
import { ask } from '../../../../shared/timers/timers.ts';
import { accountsIn } from '../store.ts';

const wired = wire();
export const handler = ask(accountsIn(wired.tables('billing'), wired), wired.clock);
