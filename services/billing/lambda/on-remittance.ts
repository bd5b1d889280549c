import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { onRemittance } from '../statements/on-remittance.ts';
import { remittancesIn } from '../statements/store.ts';

const wired = wire();
const { doc, registry, policies } = wired;
const tables = wired.tables('billing');
export const handler = consume(onRemittance, {
  remittances: remittancesIn(tables),
  accounts: accountsIn(tables, { doc, registry, policies }),
  policies,
  directory: { doc, registry },
});
