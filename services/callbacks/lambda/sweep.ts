import { SFNClient } from '@aws-sdk/client-sfn';
import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { schedule } from '../../../shared/lambda/schedule.ts';
import { sweeper, wakeUpScheduler } from '../../../shared/timers/timers.ts';
import { callbacksIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('callbacks');
  const start = wakeUpScheduler(
    aws.client(SFNClient, () => new SFNClient({})),
    aws.required('MACHINE_ARN'),
  );
  return schedule(
    sweeper(aws, [{ journal: callbacksIn(tables) }], {
      start: () => start,
    }),
  );
};
