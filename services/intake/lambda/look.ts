import { wire } from '../../../shared/aws/wiring.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { ask } from '../../../shared/timers/timers.ts';
import { contactsIn } from '../store.ts';

const wired = wire();
export const handler = shell(ask(contactsIn(wired.tables('contacts')), wired.clock));
