import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onChanged } from '../on-changed.ts';
import { erasedIn } from '../store.ts';

export const entry = (aws: Aws) => {
  return bus(onChanged, { erased: erasedIn(wire(aws).tables('rights')) });
};
