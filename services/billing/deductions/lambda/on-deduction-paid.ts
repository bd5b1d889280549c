import { wire } from '../../../../shared/aws/wiring.ts';
import { consume } from '../../../../shared/lambda/consumer.ts';
import { shell } from '../../../../shared/lambda/shell.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { onDeductionPaid } from '../on-deduction-paid.ts';

const wired = wire();
const { doc, registry, policies } = wired;
export const handler = shell(
  consume(onDeductionPaid, {
    accounts: accountsIn(wired.tables('billing'), { doc, registry, policies }),
    policies,
  }),
);
