import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { forgetText } from '../../../shared/people/personal.ts';
import { onForgetting } from '../on-forgetting.ts';
import { erasedIn, erasuresIn } from '../store.ts';

const tables = wire().tables('rights');
export const handler = bus(onForgetting, {
  erasures: erasuresIn(tables),
  erased: erasedIn(tables),
  forget: forgetText(tables),
});
