import { wire } from '../../../shared/aws/wiring.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { onCallbackResult } from '../on-callback-result.ts';
import { complaintsIn } from '../store.ts';

const wired = wire();
export const handler = shell(
  consume(onCallbackResult, { ...wired, complaints: complaintsIn(wired.tables('complaints')) }),
);
