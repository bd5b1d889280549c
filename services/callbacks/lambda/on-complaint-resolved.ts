import { wire } from '../../../shared/aws/wiring.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { onComplaintResolved } from '../on-complaint-resolved.ts';
import { callbacksIn } from '../store.ts';

const wired = wire();
export const handler = shell(
  consume(onComplaintResolved, { ...wired, callbacks: callbacksIn(wired.tables('callbacks')) }),
);
