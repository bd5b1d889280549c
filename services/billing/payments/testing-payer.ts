import type { Envelope } from '../../../shared/domain/events.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { execute, wakeUp } from '../../../shared/journal/execute.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { localDay } from '../../../shared/time/clock.ts';
import { accountId, type BillFacts } from '../accounts/account.ts';
import { routes } from '../accounts/api.ts';
import { charge } from '../accounts/decide.ts';
import { accountsIn } from '../accounts/store.ts';
import { at } from '../accounts/testing.ts';
import { type Deps as DayDeps, routes as dayRoutes } from '../cash-days/api.ts';
import { moneyMoved } from '../cash-days/moved.ts';
import { cashDaysIn } from '../cash-days/store.ts';
import { letterId } from '../letters/letter.ts';
import { numberOf } from '../letters/number.ts';
import { openLetters } from '../letters/open.ts';
import { lettersIn, payersIn } from '../letters/store.ts';
import { type Deps as ReceiptDeps, routes as receiptRoutes } from '../receipts/api.ts';
import { booksIn, invoicesIn } from '../receipts/store.ts';
import { enterRefund, issueReceipt, voidPayment, type WriteDeps } from '../receipts/write-store.ts';
import { writer } from '../receipts/writer.ts';
import { reopenLine } from '../statements/reopen.ts';
import { remittancesIn } from '../statements/store.ts';
import { billingTable } from '../store.ts';
import { type Deps as PaymentDeps, routes as paymentRoutes } from './api.ts';
import { type Deps, routes as payerRoutes } from './payer-api.ts';

const STAFF = { li: { role: 'agent' }, sun: { role: 'centre-manager' } } as const;
const RUN = { staff: 'system:run', roles: [], departments: [] };

/** `pty_1` pays for several units of a site: their accounts, notices, payments and receipts. */
export const payerOfSeveral = async (
  start = at('2026-11-01', '09:00'),
  staff: Parameters<typeof siteInMemory>[1] = {},
) => {
  const site = await siteInMemory(billingTable, { ...STAFF, ...staff }, start);
  const { policies, directory } = site.deps;
  const accounts = accountsIn(site.tables, site.deps);
  const letters = lettersIn(site.tables);
  const books = booksIn(site.tables);
  const invoices = invoicesIn(site.tables);
  const days = { policies, books, remittances: remittancesIn(site.tables), cashDays: cashDaysIn(site.tables) };
  const deps = { ...site.deps, accounts, letters, invoices, ...days };
  const everything = [...routes, ...paymentRoutes, ...payerRoutes, ...receiptRoutes, ...dayRoutes];
  const call = apiCaller<Deps & PaymentDeps & ReceiptDeps & DayDeps>(everything, deps);
  const writing: WriteDeps = {
    ...deps,
    clock: site.clock,
    reopens: (of, payment, by) => reopenLine(days, { site: of, payment, now: site.now, by }),
    moved: (of, day, by) => moneyMoved(days, { site: of, day, now: site.now, by }),
  };
  const write = writer({
    issue: (event) => issueReceipt(writing, event),
    annul: (event) => voidPayment(writing, event),
    giveBack: (event) => enterRefund(writing, event),
  });
  const idOf = (unit: number, party = 1) => accountId(`unt_${unit}`, `pty_${party}`);
  const journal = async (units: readonly number[]) =>
    (await Promise.all(units.map((unit) => accounts.whole(SITE, idOf(unit))))).flat() as Envelope[];
  let keys = 0;
  return Object.assign(site, {
    accounts,
    call,
    idOf,
    journal,
    charges: async (unit: number, bills: BillFacts[], party = 1) => {
      const context = await contextAt(policies, SITE, site.now);
      await execute(accounts, {
        site: SITE,
        id: idOf(unit, party),
        now: site.now,
        by: RUN.staff,
        idempotencyKey: { scope: `run-${++keys}`, body: '' },
        decide: (state) => {
          const of = { unit: `unt_${unit}`, party: `pty_${party}`, building: 'A', bills };
          const events = charge({ state, actor: RUN, now: site.now, context }, of);
          return events instanceof Refusal ? events : { events };
        },
      });
    },
    /** The one notice of these bills, as a run opens it. */
    notifies: async (bills: Record<number, BillFacts[]>, payer = 1, run = 'run_2026-11'): Promise<string> => {
      const party = `pty_${payer}`;
      const of = Object.entries(bills).map(([unit, some]) => ({
        account: idOf(+unit, payer),
        unit: `unt_${unit}`,
        bills: some,
      }));
      const to = { letters, payers: payersIn(site.tables), directory, policies, enqueue: async () => {} };
      await openLetters(to, { site: SITE, at: site.now, by: RUN.staff }, [
        { kind: 'fee-notice', party, part: 'email', run, accounts: of },
      ]);
      return letterId({ party, run, day: '2026-11-01', part: 'email' }, 1);
    },
    numberOf: (letter: string) => numberOf(letter, { kind: 'fee-notice', day: localDay(site.now, 'Asia/Shanghai') }),
    head: async (unit: number) => {
      const { state } = await accounts.head(SITE, idOf(unit));
      if (!state) throw new Error('there is an account');
      return state;
    },
    wakesUp: (unit: number) => wakeUp(accounts, { site: SITE, id: idOf(unit), now: site.now }),
    /** Tells the one who writes receipts everything, however often. */
    tells: async (...units: number[]) => {
      const events = (await journal(units)).filter(({ name }) => /^account\.(paid|reversed|refunded)$/.test(name));
      return write({
        Records: events.map((event) => ({
          messageId: `m-${++keys}`,
          body: JSON.stringify(event),
          attributes: { MessageGroupId: event.site },
        })),
      });
    },
    pays: (body: object, key?: string) =>
      call('li', `POST /sites/${SITE}/payments`, { method: 'transfer', ...body }, key),
    get: async (path: string) => (await call('li', `GET /sites/${SITE}/${path}`)).body,
  });
};
