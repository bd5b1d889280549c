import { wire } from '../../../shared/aws/wiring.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { onContactRouted } from '../on-contact-routed.ts';
import { complaintsIn } from '../store.ts';

const wired = wire();
export const handler = shell(
  consume(onContactRouted, { ...wired, complaints: complaintsIn(wired.tables('complaints')) }),
);
