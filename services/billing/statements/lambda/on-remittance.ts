import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { moneyMoved } from '../../cash-days/contract.ts';
import { cashDaysIn } from '../../cash-days/contract-store.ts';
import { booksIn } from '../../receipts/contract-store.ts';
import { onRemittance } from '../on-remittance.ts';
import { remittancesIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const { doc, registry, policies } = wired;
  const tables = wired.tables('billing');
  const days = {
    remittances: remittancesIn(tables),
    books: booksIn(tables),
    cashDays: cashDaysIn(tables),
    policies,
  };
  return bus(onRemittance, {
    ...days,
    accounts: accountsIn(tables, { doc, registry, policies }),
    directory: { doc, registry },
    moved: (of) => moneyMoved(days, of),
  });
};
