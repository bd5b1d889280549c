import type { Aws } from '../../../shared/aws/aws.ts';
import { tableVariable, wire } from '../../../shared/aws/wiring.ts';
import { schedule } from '../../../shared/lambda/schedule.ts';
import { replayer } from '../replay.ts';
import { erasedIn, erasuresIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('rights');
  return schedule(
    replayer({
      ...wired,
      erasures: erasuresIn(tables),
      erased: erasedIn(tables),
      personal: aws.required(tableVariable('personal')),
    }),
  );
};
