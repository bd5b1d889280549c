import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { type Deps as MandateDeps, routes as mandateRoutes } from '../../deductions/mandate-api.ts';
import { feeNamesIn } from '../../fee-names.ts';
import { lettersIn } from '../../letters/contract-store.ts';
import { type Deps as PaymentDeps, routes as paymentRoutes } from '../../payments/api.ts';
import { type Deps as PayerDeps, routes as payerRoutes } from '../../payments/payer-api.ts';
import { invoicesIn } from '../../receipts/contract-store.ts';
import { routes } from '../api.ts';
import { accountsIn } from '../store.ts';
import { type Deps, routes as unitRoutes } from '../unit-api.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  const { doc, registry } = wired;
  // Mandates are taken by another function; what may be done to an account counts them in.
  const all = [...routes, ...unitRoutes, ...paymentRoutes, ...payerRoutes, ...mandateRoutes];
  return http<Deps & PaymentDeps & PayerDeps & MandateDeps>(all, {
    ...wired,
    named: wired.namedWith(feeNamesIn(tables, wired.clock)),
    accounts: accountsIn(tables, wired),
    invoices: invoicesIn(tables),
    letters: lettersIn(tables),
    personal: personalReader(tables),
    directory: { doc, registry },
  });
};
