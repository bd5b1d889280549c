import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onCallbackResult } from '../on-callback-result.ts';
import { complaintsIn } from '../store.ts';

const wired = wire();
export const handler = consume(onCallbackResult, { ...wired, complaints: complaintsIn(wired.tables('complaints')) });
