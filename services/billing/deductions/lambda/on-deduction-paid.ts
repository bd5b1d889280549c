import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { onDeductionPaid } from '../on-deduction-paid.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const { doc, registry, policies } = wired;
  return bus(onDeductionPaid, {
    accounts: accountsIn(wired.tables('billing'), { doc, registry, policies }),
    policies,
  });
};
