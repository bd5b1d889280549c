import { wire } from '../../../shared/wiring.ts';
import { onMailEvent } from '../letters/on-mail-event.ts';
import { lettersIn, runMailsIn } from '../letters/store.ts';

const wired = wire();
const tables = wired.tables('billing');
export const handler = onMailEvent({ ...wired, letters: lettersIn(tables), runMails: runMailsIn(tables) });
