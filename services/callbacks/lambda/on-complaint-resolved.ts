import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onComplaintResolved } from '../on-complaint-resolved.ts';
import { callbacksIn } from '../store.ts';

const wired = wire();
export const handler = bus(onComplaintResolved, { ...wired, callbacks: callbacksIn(wired.tables('callbacks')) });
