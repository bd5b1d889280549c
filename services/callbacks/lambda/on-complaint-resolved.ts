import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onComplaintResolved } from '../on-complaint-resolved.ts';
import { callbacksIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  return bus(onComplaintResolved, { ...wired, callbacks: callbacksIn(wired.tables('callbacks')) });
};
