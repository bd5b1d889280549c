import { wire } from '../../../shared/aws/wiring.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { onLetterQuestioned } from '../on-letter-questioned.ts';
import { contactsIn } from '../store.ts';

const wired = wire();
const { policies } = wired;
export const handler = consume(onLetterQuestioned, { contacts: contactsIn(wired.tables('contacts')), policies });
