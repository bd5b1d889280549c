import type { Aws } from '../../../../../shared/aws/aws.ts';
import { wire } from '../../../../../shared/aws/wiring.ts';
import { awsBus } from '../../../../../shared/lambda/bus.ts';
import { lettersIn, runMailsIn } from '../../store.ts';
import { onMailEvent } from '../on-mail-event.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  return awsBus(onMailEvent({ ...wired, letters: lettersIn(tables), runMails: runMailsIn(tables) }));
};
