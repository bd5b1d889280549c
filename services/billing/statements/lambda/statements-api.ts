import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { type Deps as CashDayDeps, routes as cashDayRoutes } from '../../cash-days/api.ts';
import { cashDaysIn } from '../../cash-days/contract-store.ts';
import { feeNamesIn } from '../../fee-names.ts';
import { lettersIn } from '../../letters/contract-store.ts';
import { booksIn } from '../../receipts/contract-store.ts';
import { type Deps, routes } from '../api.ts';
import { remittancesIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  const { doc, registry } = wired;
  return http<Deps & CashDayDeps>([...routes, ...cashDayRoutes], {
    ...wired,
    named: wired.namedWith(feeNamesIn(tables, wired.clock)),
    accounts: accountsIn(tables, wired),
    letters: lettersIn(tables),
    books: booksIn(tables),
    remittances: remittancesIn(tables),
    cashDays: cashDaysIn(tables),
    personal: personalReader(tables),
    directory: { doc, registry },
  });
};
