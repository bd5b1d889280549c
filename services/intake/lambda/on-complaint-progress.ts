import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onComplaintProgress } from '../on-complaint-progress.ts';
import { contactsIn } from '../store.ts';

const wired = wire();
export const handler = consume(onComplaintProgress, { contacts: contactsIn(wired.tables('contacts')) });
