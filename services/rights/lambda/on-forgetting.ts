import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { forgetText } from '../../../shared/people/personal.ts';
import { onForgetting } from '../on-forgetting.ts';
import { erasedIn, erasuresIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const tables = wire(aws).tables('rights');
  return bus(onForgetting, {
    erasures: erasuresIn(tables),
    erased: erasedIn(tables),
    forget: forgetText(tables),
  });
};
