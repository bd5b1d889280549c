import { wire } from '../../../shared/aws/wiring.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { forgetText } from '../../../shared/people/personal.ts';
import { onForgetting } from '../on-forgetting.ts';
import { erasedIn, erasuresIn } from '../store.ts';

const tables = wire().tables('rights');
export const handler = shell(
  consume(onForgetting, { erasures: erasuresIn(tables), erased: erasedIn(tables), forget: forgetText(tables) }),
);
