import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { schedule } from '../../../../shared/lambda/schedule.ts';
import { sweeper } from '../../../../shared/timers/timers.ts';
import { improvementsIn } from '../improvements/store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('reports');
  return schedule(sweeper(aws, [{ journal: improvementsIn(tables) }]));
};
