import { wire } from '../../../../shared/aws/wiring.ts';
import { consume } from '../../../../shared/lambda/consumer.ts';
import { shell } from '../../../../shared/lambda/shell.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { onSlipSigned } from '../on-slip-signed.ts';
import { slipsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry, policies } = wired;
export const handler = shell(
  consume(onSlipSigned, {
    slips: slipsIn(tables),
    accounts: accountsIn(tables, { doc, registry, policies }),
    policies,
  }),
);
