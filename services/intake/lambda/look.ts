import { ask } from '../../../shared/timers.ts';
import { wire } from '../../../shared/wiring.ts';
import { contactsIn } from '../store.ts';

const wired = wire();
export const handler = ask(contactsIn(wired.tables('contacts')), wired.clock);
