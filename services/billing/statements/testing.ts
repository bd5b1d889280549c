import { payerKey } from '../../../shared/directory/payer.ts';
import { unitKey } from '../../../shared/directory/units.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { at, bill } from '../accounts/testing.ts';
import { moneyMoved } from '../cash-days/moved.ts';
import { cashDaysIn } from '../cash-days/store.ts';
import { lettersIn } from '../letters/store.ts';
import { payerOfSeveral } from '../payments/testing-payer.ts';
import { booksIn } from '../receipts/store.ts';
import { type Deps, routes } from './api.ts';
import { remittancesIn } from './store.ts';

const HEADER = '交易时间,收入金额,支出金额,余额,对方户名,附言,交易流水号';
export const FLAT = bill(25_399);
const FINANCE = { role: 'department-head', department: 'finance' } as const;

/** Finance at a site whose `pty_1` owes for a flat, 8-2-101, and a parking space: what its statements do. */
export const office = async (staff: Parameters<typeof payerOfSeveral>[1] = {}) => {
  const w = await payerOfSeveral(at('2026-11-02', '09:00'), { qian: FINANCE, ...staff });
  const remittances = remittancesIn(w.tables);
  const deps = { ...w.deps, accounts: w.accounts, letters: lettersIn(w.tables), books: booksIn(w.tables), remittances };
  const call = apiCaller<Deps>(routes, deps);
  await w.charges(1, [FLAT]);
  await w.charges(2, [bill(3_000, { item: 'parking' })]);
  const place = { building: '8', entrance: '2', number: '101' };
  const unit = { ...place, unit: 'unt_1', payers: [{ party: 'pty_1' }] };
  await w.publish({ ...unitKey(SITE, place), ...unit });
  await w.publish({
    ...payerKey(SITE, 'pty_1'),
    party: 'pty_1',
    name: { ref: 'txt_n', hash: 'h' },
    emails: [],
    phones: [],
  });
  let key = 0;
  const reads = (rows: readonly string[], header = HEADER, channel?: string) =>
    call(
      'qian',
      `POST /sites/${SITE}/statements`,
      { content: Buffer.from([header, ...rows].join('\n')).toString('base64'), channel },
      `file-${++key}`,
    );
  const days = { ...deps, cashDays: cashDaysIn(w.tables) };
  const hearing = { ...days, moved: (of: Parameters<typeof moneyMoved>[1]) => moneyMoved(days, of) };
  return {
    w,
    call,
    remittances,
    hearing,
    reads,
    unclaimed: async () => (await call('qian', `GET /sites/${SITE}/remittances`)).body.items,
    claim: (id: string, body: object, idempotencyKey?: string) =>
      call('qian', `POST /sites/${SITE}/remittances/${id}/claim`, body, idempotencyKey),
    open: async (n: number) => (await w.head(n)).debts.reduce((sum, { openFen }) => sum + openFen, 0),
  };
};
