import { wire } from '../../../shared/aws/wiring.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { onContactRouted } from '../on-contact-routed.ts';
import { complaintsIn } from '../store.ts';

const wired = wire();
export const handler = consume(onContactRouted, { ...wired, complaints: complaintsIn(wired.tables('complaints')) });
