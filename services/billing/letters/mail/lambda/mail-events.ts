import { wire } from '../../../../../shared/aws/wiring.ts';
import { awsBus } from '../../../../../shared/lambda/bus.ts';
import { lettersIn, runMailsIn } from '../../store.ts';
import { onMailEvent } from '../on-mail-event.ts';

const wired = wire();
const tables = wired.tables('billing');
export const handler = awsBus(onMailEvent({ ...wired, letters: lettersIn(tables), runMails: runMailsIn(tables) }));
