import { wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { onDeductionPaid } from '../on-deduction-paid.ts';

const wired = wire();
const { doc, registry, policies } = wired;
export const handler = bus(onDeductionPaid, {
  accounts: accountsIn(wired.tables('billing'), { doc, registry, policies }),
  policies,
});
