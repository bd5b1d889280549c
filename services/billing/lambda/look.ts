import { ask } from '../../../shared/timers.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';

const wired = wire();
export const handler = ask(accountsIn(wired.tables('billing'), wired), wired.clock);
