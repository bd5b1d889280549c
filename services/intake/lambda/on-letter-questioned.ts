import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onLetterQuestioned } from '../on-letter-questioned.ts';
import { contactsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const { policies } = wired;
  return bus(onLetterQuestioned, { contacts: contactsIn(wired.tables('contacts')), policies });
};
