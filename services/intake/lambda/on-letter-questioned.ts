import { wire } from '../../../shared/aws/wiring.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { onLetterQuestioned } from '../on-letter-questioned.ts';
import { contactsIn } from '../store.ts';

const wired = wire();
const { policies } = wired;
export const handler = shell(consume(onLetterQuestioned, { contacts: contactsIn(wired.tables('contacts')), policies }));
