import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onChanged } from '../on-changed.ts';
import { erasedIn } from '../store.ts';

export const handler = consume(onChanged, { erased: erasedIn(wire().tables('rights')) });
