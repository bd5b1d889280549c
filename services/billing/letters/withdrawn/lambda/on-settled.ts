import type { Aws } from '../../../../../shared/aws/aws.ts';
import { wire } from '../../../../../shared/aws/wiring.ts';
import { bus } from '../../../../../shared/lambda/bus.ts';
import { accountsIn } from '../../../accounts/contract-store.ts';
import { lettersIn } from '../../store.ts';
import { onSettled } from '../on-settled.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  return bus(onSettled, {
    letters: lettersIn(tables),
    accounts: accountsIn(tables, wired),
    directory: { doc: wired.doc, registry: wired.registry },
  });
};
