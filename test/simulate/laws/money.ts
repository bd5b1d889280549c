import type { Envelope } from '../../../shared/domain/events.ts';
import { type Law, twice } from './law.ts';
import { again, listed } from './spoilt.ts';

const charged: Law = {
  name: 'nothing is charged or told twice',
  often: true,
  broken: ({ cases }) => [
    ...twice(
      cases.flatMap(({ id, events }) =>
        events
          .filter(({ name }) => name === 'account.charged')
          .flatMap(({ data }) => (data as { bills: { bill: string }[] }).bills.map(({ bill }) => `${id} ${bill}`)),
      ),
    ),
    ...twice(
      cases.flatMap(({ type, events }) =>
        type.type !== 'letter'
          ? []
          : events.filter(({ name }) => /^letter\.(opened|added)$/.test(name)).flatMap(({ data }) => stepsTold(data)),
      ),
    ),
  ],
  spoilt: again('account'),
};

const stepsTold = (data: unknown): string[] => {
  const { part = '', accounts } = data as {
    part?: string;
    accounts: { account: string; steps?: { dueDay: string; rung: string; on: string }[] }[];
  };
  return accounts.flatMap(({ account, steps = [] }) =>
    steps.map(({ dueDay, rung, on }) => `${part} ${account} ${dueDay} ${rung} ${on}`),
  );
};

const ledgers: Law = {
  name: 'an account is the sum of its ledger',
  async broken({ life }) {
    const broken: string[] = [];
    for (const { id: site, staff } of life.sites) {
      for (const state of ['open', 'finished']) {
        for (const { id, openFen, creditFen } of await life.all(
          staff.finance,
          `/sites/${site}/accounts?state=${state}`,
        )) {
          const lines = await life.all(staff.finance, `/sites/${site}/accounts/${id}/ledger`);
          const balance = lines.at(-1)?.balanceFen ?? 0;
          if (balance !== openFen - creditFen)
            broken.push(`${id}: ${balance} by its ledger, ${openFen - creditFen} by itself`);
        }
      }
    }
    return broken;
  },
  spoilt: listed(/\/ledger$/, (lines) => lines.map((line) => ({ ...line, balanceFen: Number(line.balanceFen) + 1 }))),
};

/** Of a payment for several accounts the first has the receipt. */
const isWholePayment = (event: Envelope): event is Envelope & { data: { payment: string } } =>
  event.name === 'account.paid' && (event.data as { lead?: string }).lead === undefined;

const receipted: Law = {
  name: 'receipts are numbered without gaps, one a payment',
  async broken({ life, cases }) {
    const broken: string[] = [];
    for (const { id, staff } of life.sites) {
      const all = await life.all(staff.finance, `/sites/${id}/receipts`);
      broken.push(...twice(all.map(({ payment }) => `${id} ${payment}`)));
      const has = new Set(all.map(({ payment }) => payment));
      const paid = cases.flatMap(({ site, events }) => (site === id ? events : [])).filter(isWholePayment);
      for (const { aggregate, data } of paid)
        if (!has.has(data.payment)) broken.push(`${aggregate}: no receipt for ${data.payment}`);
      for (const [year, some] of Map.groupBy(all, ({ serial }) => String(serial).slice(0, 4))) {
        const numbers = some.map(({ serial }) => Number(String(serial).slice(5))).sort((a, b) => a - b);
        if (numbers.some((n, i) => n !== i + 1)) broken.push(`${id} ${year}: ${numbers.join(' ').slice(0, 200)}`);
      }
    }
    return broken;
  },
  spoilt: listed(/\/receipts$/, (receipts) => receipts.slice(1)),
};

export const MONEY_LAWS: readonly Law[] = [charged, ledgers, receipted];
