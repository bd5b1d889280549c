import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onCallbackResult } from '../on-callback-result.ts';
import { complaintsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  return bus(onCallbackResult, { ...wired, complaints: complaintsIn(wired.tables('complaints')) });
};
