import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { onDeductionPaid } from '../deductions/on-deduction-paid.ts';

const wired = wire();
const { doc, registry, policies } = wired;
export const handler = consume(onDeductionPaid, {
  accounts: accountsIn(wired.tables('billing'), { doc, registry, policies }),
  policies,
});
