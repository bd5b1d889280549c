import type { Envelope } from '../../../shared/domain/events.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { accountId } from '../accounts/account.ts';
import { type Deps as AccountDeps, routes as accountRoutes } from '../accounts/api.ts';
import { accountsIn } from '../accounts/store.ts';
import type { PaymentMethod } from '../accounts/terms.ts';
import { at, bill } from '../accounts/testing.ts';
import { entersBills } from '../accounts/testing-bills.ts';
import { type Deps as CashDayDeps, routes as cashDayRoutes } from '../cash-days/api.ts';
import { moneyMoved } from '../cash-days/moved.ts';
import { cashDaysIn } from '../cash-days/store.ts';
import { type Deps as PaymentDeps, routes as paymentRoutes } from '../payments/api.ts';
import { reopenLine } from '../statements/reopen.ts';
import { remittancesIn } from '../statements/store.ts';
import { billingTable } from '../store.ts';
import { type Deps, routes } from './api.ts';
import { booksIn, invoicesIn } from './store.ts';
import { enterRefund, issueReceipt, voidPayment, type WriteDeps } from './write-store.ts';
import { writer } from './writer.ts';

const STAFF = { li: { role: 'agent' }, sun: { role: 'centre-manager' } } as const;
export const ACCOUNT = accountId('unt_1', 'pty_1');
const PATH = `/sites/${SITE}/accounts/${ACCOUNT}`;

/** A site where one account owes 1,000.00, and what people do with its payments, receipts and invoices. */
export const officeOfReceipts = async () => {
  const site = await siteInMemory(billingTable, STAFF, at('2026-11-05', '09:00'));
  const { policies } = site.deps;
  const accounts = accountsIn(site.tables, site.deps);
  const books = booksIn(site.tables);
  const invoices = invoicesIn(site.tables);
  const days = { policies, books, remittances: remittancesIn(site.tables), cashDays: cashDaysIn(site.tables) };
  const call = apiCaller<Deps & AccountDeps & PaymentDeps & CashDayDeps>(
    [...routes, ...accountRoutes, ...paymentRoutes, ...cashDayRoutes],
    {
      ...site.deps,
      ...days,
      accounts,
      invoices,
    },
  );
  await entersBills(site, accounts, 1, bill(100_000));
  const deps: WriteDeps = {
    books,
    invoices,
    accounts,
    policies,
    clock: site.clock,
    reopens: (of, payment, by) => reopenLine(days, { site: of, payment, now: site.now, by }),
    moved: (of, day, by) => moneyMoved(days, { site: of, day, now: site.now, by }),
  };
  const write = writer({
    issue: (event) => issueReceipt(deps, event),
    annul: (event) => voidPayment(deps, event),
    giveBack: (event) => enterRefund(deps, event),
  });
  let messages = 0;
  const tells = (events: readonly Envelope[]) =>
    write({
      Records: events.map((event) => ({
        messageId: `m-${++messages}`,
        body: JSON.stringify(event),
        attributes: { MessageGroupId: event.site },
      })),
    });
  return {
    site,
    call,
    books,
    invoices,
    tells,
    /** What the accounts' journal says of money, oldest first. */
    money: async () =>
      (await accounts.history(SITE, ACCOUNT)).filter(({ name }) => /^account\.(paid|reversed|refunded)$/.test(name)),
    pays: async (fen: number, method: PaymentMethod = 'cash'): Promise<string> => {
      await call('li', `POST ${PATH}/payments`, { fen, method });
      const { items } = (await call('li', `GET ${PATH}/payments`)).body;
      return items.at(-1).payment;
    },
    reverses: (payment: string) => call('sun', `POST ${PATH}/reversals`, { payment, reason: 'It did not come.' }),
    get: async (path: string) => (await call('li', `GET /sites/${SITE}/${path}`)).body,
    refunds: (fen: number, method: PaymentMethod = 'transfer') =>
      call('sun', `POST ${PATH}/refunds`, { fen, method, reason: 'Moved away.' }),
    invoice: (serial: string, body: unknown) => call('li', `POST /sites/${SITE}/receipts/${serial}/invoice`, body),
  };
};
