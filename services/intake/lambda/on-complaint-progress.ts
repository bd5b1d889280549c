import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onComplaintProgress } from '../on-complaint-progress.ts';
import { contactsIn } from '../store.ts';

const wired = wire();
export const handler = bus(onComplaintProgress, { contacts: contactsIn(wired.tables('contacts')) });
