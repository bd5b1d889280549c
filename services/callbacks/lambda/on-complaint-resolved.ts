import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onComplaintResolved } from '../on-complaint-resolved.ts';
import { callbacksIn } from '../store.ts';

const wired = wire();
export const handler = consume(onComplaintResolved, { ...wired, callbacks: callbacksIn(wired.tables('callbacks')) });
