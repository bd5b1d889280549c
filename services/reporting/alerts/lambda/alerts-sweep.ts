import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { schedule } from '../../../../shared/lambda/schedule.ts';
import { sweeper } from '../../../../shared/timers/timers.ts';
import { alertsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('alerts');
  return schedule(sweeper(aws, [{ journal: alertsIn(tables) }]));
};
