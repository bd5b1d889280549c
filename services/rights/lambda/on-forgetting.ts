import { wire } from '../../../shared/aws/wiring.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { onForgetting } from '../on-forgetting.ts';
import { erasedIn, erasuresIn } from '../store.ts';

const tables = wire().tables('rights');
export const handler = consume(onForgetting, { erasures: erasuresIn(tables), erased: erasedIn(tables) });
