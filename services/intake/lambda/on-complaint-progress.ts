import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onComplaintProgress } from '../on-complaint-progress.ts';
import { contactsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  return bus(onComplaintProgress, { contacts: contactsIn(wired.tables('contacts')) });
};
