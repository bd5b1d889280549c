import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onChanged } from '../on-changed.ts';
import { erasedIn } from '../store.ts';

export const handler = bus(onChanged, { erased: erasedIn(wire().tables('rights')) });
