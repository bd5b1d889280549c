import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onCallbackResult } from '../on-callback-result.ts';
import { complaintsIn } from '../store.ts';

const wired = wire();
export const handler = bus(onCallbackResult, { ...wired, complaints: complaintsIn(wired.tables('complaints')) });
