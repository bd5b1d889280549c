import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onForgetting } from '../on-forgetting.ts';
import { erasedIn, erasuresIn } from '../store.ts';

const tables = wire().tables('rights');
export const handler = consume(onForgetting, { erasures: erasuresIn(tables), erased: erasedIn(tables) });
