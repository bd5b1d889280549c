import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onContactRouted } from '../on-contact-routed.ts';
import { complaintsIn } from '../store.ts';

const wired = wire();
export const handler = consume(onContactRouted, { ...wired, complaints: complaintsIn(wired.tables('complaints')) });
