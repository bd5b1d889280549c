import { ask } from '../../../shared/timers.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { dunningWake } from '../dunning/wake.ts';

const wired = wire();
export const handler = ask(accountsIn(wired.tables('billing')), wired.clock, dunningWake(wired.policies));
