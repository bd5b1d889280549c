import { wire } from '../../../shared/aws/wiring.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { onChanged } from '../on-changed.ts';
import { erasedIn } from '../store.ts';

export const handler = shell(consume(onChanged, { erased: erasedIn(wire().tables('rights')) }));
