import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { queue } from '../../../../shared/lambda/queue.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { moneyMoved } from '../../cash-days/contract.ts';
import { cashDaysIn } from '../../cash-days/contract-store.ts';
import { reopenLine } from '../../statements/contract.ts';
import { remittancesIn } from '../../statements/contract-store.ts';
import { booksIn, invoicesIn } from '../store.ts';
import { enterRefund, issueReceipt, voidPayment, type WriteDeps } from '../write-store.ts';
import { writer } from '../writer.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const { doc, registry, policies, clock } = wired;
  const tables = wired.tables('billing');
  const books = booksIn(tables);
  const days = { policies, books, remittances: remittancesIn(tables), cashDays: cashDaysIn(tables) };
  const deps: WriteDeps = {
    policies,
    clock,
    books,
    invoices: invoicesIn(tables),
    accounts: accountsIn(tables, { doc, registry, policies }),
    reopens: (site, payment, by) => reopenLine(days, { site, payment, now: clock(), by }),
    moved: (site, day, by) => moneyMoved(days, { site, day, now: clock(), by }),
  };
  return queue(
    writer({
      issue: (event) => issueReceipt(deps, event),
      annul: (event) => voidPayment(deps, event),
      giveBack: (event) => enterRefund(deps, event),
    }),
  );
};
