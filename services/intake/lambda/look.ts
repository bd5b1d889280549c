import { wire } from '../../../shared/aws/wiring.ts';
import { ask } from '../../../shared/timers/timers.ts';
import { contactsIn } from '../store.ts';

const wired = wire();
export const handler = ask(contactsIn(wired.tables('contacts')), wired.clock);
