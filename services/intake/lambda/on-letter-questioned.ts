import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onLetterQuestioned } from '../on-letter-questioned.ts';
import { contactsIn } from '../store.ts';

const wired = wire();
const { policies } = wired;
export const handler = bus(onLetterQuestioned, { contacts: contactsIn(wired.tables('contacts')), policies });
