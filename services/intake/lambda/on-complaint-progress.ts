import { wire } from '../../../shared/aws/wiring.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { onComplaintProgress } from '../on-complaint-progress.ts';
import { contactsIn } from '../store.ts';

const wired = wire();
export const handler = shell(consume(onComplaintProgress, { contacts: contactsIn(wired.tables('contacts')) }));
