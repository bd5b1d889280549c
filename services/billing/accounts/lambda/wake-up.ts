import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { timer } from '../../../../shared/lambda/timer.ts';
import { accountsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  return timer(accountsIn(wired.tables('billing'), wired), wired.clock);
};
