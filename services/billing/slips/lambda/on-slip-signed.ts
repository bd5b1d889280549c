import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { onSlipSigned } from '../on-slip-signed.ts';
import { slipsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  const { doc, registry, policies } = wired;
  return bus(onSlipSigned, {
    slips: slipsIn(tables),
    accounts: accountsIn(tables, { doc, registry, policies }),
    policies,
  });
};
