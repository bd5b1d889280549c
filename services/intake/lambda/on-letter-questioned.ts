import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onLetterQuestioned } from '../on-letter-questioned.ts';
import { contactsIn } from '../store.ts';

const wired = wire();
const { policies } = wired;
export const handler = consume(onLetterQuestioned, { contacts: contactsIn(wired.tables('contacts')), policies });
