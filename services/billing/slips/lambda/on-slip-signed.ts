import { wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { onSlipSigned } from '../on-slip-signed.ts';
import { slipsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry, policies } = wired;
export const handler = bus(onSlipSigned, {
  slips: slipsIn(tables),
  accounts: accountsIn(tables, { doc, registry, policies }),
  policies,
});
