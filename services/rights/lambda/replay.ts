import { required, tableVariable, wire } from '../../../shared/aws/wiring.ts';
import { schedule } from '../../../shared/lambda/schedule.ts';
import { replayer } from '../replay.ts';
import { erasedIn, erasuresIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('rights');
export const handler = schedule(
  replayer({
    ...wired,
    erasures: erasuresIn(tables),
    erased: erasedIn(tables),
    personal: required(tableVariable('personal')),
  }),
);
