import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { onSlipSigned } from '../slips/on-slip-signed.ts';
import { slipsIn } from '../slips/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry, policies } = wired;
export const handler = consume(onSlipSigned, {
  slips: slipsIn(tables),
  accounts: accountsIn(tables, { doc, registry, policies }),
  policies,
});
