import { wire } from '../../../shared/aws/wiring.ts';
import { timer } from '../../../shared/lambda/timer.ts';
import { contactsIn } from '../store.ts';

const wired = wire();
export const handler = timer(contactsIn(wired.tables('contacts')), wired.clock);
