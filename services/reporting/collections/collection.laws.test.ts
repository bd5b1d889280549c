import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { refold } from '../../../shared/journal/aggregate.ts';
import { runs } from '../../../shared/testing/runs.ts';
import { DAY } from '../../../shared/time/clock.ts';
import type { BillFacts, OpenBill } from '../../billing/accounts/account.ts';
import { accountType } from '../../billing/accounts/aggregate.ts';
import { itemOf, periodOf } from '../../billing/accounts/ledger/debts.ts';
import { ledgerOf } from '../../billing/accounts/ledger/ledger.ts';
import type { Seen } from '../figures/measures/measure.ts';
import { accounts } from '../testing/billing.ts';
import { mixed, monthIn } from '../testing/site.ts';
import type { CellRow } from './items.ts';
import { type CollectionFigures, type CollectionRate, collectionFiguresOf, figuresBy } from './report.ts';
import { type Sums, summed } from './testing-sums.ts';

/** The months in which what a test makes up can happen. */
const MONTHS = ['2026', '2027', '2028', '2029'].flatMap((year) =>
  Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`),
);
const LAST = MONTHS.at(-1) as string;

/** Without sums that came to nothing: what was charged and paid in one batch never moved them. */
const plain = ({ total, items, buildings, due }: Sums) =>
  [...total, ...items, ...buildings, due.total, due.buildings]
    .flat()
    .filter(({ money }) => Object.keys(money).length > 0)
    .map(({ key, money }) => ({ key, money }));

const some = accounts.chain((journals) =>
  fc.record({
    journals: fc.constant(journals),
    order: mixed(journals.flat()),
    size: fc.integer({ min: 1, max: 30 }),
  }),
);
const batchesOf = (events: readonly Seen[], size: number) =>
  Array.from({ length: Math.ceil(events.length / size) }, (_, i) => events.slice(i * size, (i + 1) * size));

test('law: however events come, every line is in the sums once', async () => {
  await fc.assert(
    fc.asyncProperty(some, async ({ journals, order, size }) => {
      const idempotencyKey = await summed([journals.flat()], journals);
      expect(plain(await summed(batchesOf(order, size), journals))).toEqual(plain(idempotencyKey));
    }),
    runs(20),
  );
});

const BY = {
  building: ({ buildings }: Sums) => [buildings, ({ key }: CellRow) => key.building ?? ''] as const,
  item: ({ items }: Sums) => [items, ({ key }: CellRow) => key.item ?? ''] as const,
};
const figures = (sums: Sums, month: string) => {
  const by = ([cells, nameOf]: ReturnType<(typeof BY)['item']>) => figuresBy(...cells, month, nameOf);
  return { total: collectionFiguresOf(...sums.total, month), building: by(BY.building(sums)), item: by(BY.item(sums)) };
};
const expectLawful = (rate: CollectionRate) => {
  if (rate === null) return;
  expect(rate.fen).toBeGreaterThanOrEqual(0);
  expect(rate.fen).toBeLessThanOrEqual(rate.ofFen);
  expect(rate.percent === '100.00').toBe(rate.fen === rate.ofFen);
};
const added = (all: readonly object[]) =>
  all.reduce<Record<string, number>>((sum, one) => {
    for (const [name, fen] of Object.entries(one)) sum[name] = (sum[name] ?? 0) + fen;
    return sum;
  }, {});

test('law: a month opens as the one before closed, closes by what moved it, has the money that came, and is the sum of its parts', async () => {
  await fc.assert(
    fc.asyncProperty(accounts, async (journals) => {
      const sums = await summed([journals.flat()], journals);
      const cash = (name: string, month: string) =>
        journals
          .flat()
          .filter((one) => one.name === name && monthIn(one.at) === month)
          .reduce((sum, { data }) => sum + (data as { fen: number }).fen, 0);
      let before: CollectionFigures | undefined;
      for (const month of MONTHS) {
        const { total, building, item } = figures(sums, month);
        for (const one of [total, ...building, ...item]) {
          for (const rate of [one.current, one.currentToDate, one.prior]) expectLawful(rate);
        }
        for (const one of [total, ...building]) expect(one.differenceFen).toBe(0);
        expect(total.principal.openingFen).toBe(before?.principal.closingFen ?? 0);
        expect(total.late.openingFen).toBe(before?.late.closingFen ?? 0);
        expect(total.prepaid.openingFen).toBe(before?.prepaid.closingFen ?? 0);
        const { principal, late, prepaid } = total;
        expect(principal.collectedFen + late.collectedFen + prepaid.paidFen).toBe(cash('account.paid', month));
        expect(principal.reversedFen + late.reversedFen + prepaid.reversedFen).toBe(cash('account.reversed', month));
        expect(prepaid.refundedFen).toBe(cash('account.refunded', month));
        for (const part of ['principal', 'late', 'prepaid'] as const) {
          if (building.length > 0) expect(added(building.map((one) => one[part]))).toEqual(total[part]);
          if (item.length > 0) expect(added(item.map((one) => one[part]))).toEqual(total[part]);
        }
        before = total;
      }
    }),
    runs(15),
  );
});

/** The month a bill counts to, from the words of the field: the one its period ends in. */
const monthOf = ({ bill, to }: BillFacts): string | undefined => {
  if (to) return to.slice(0, 7);
  const period = periodOf(bill);
  if (/^\d{4}-\d{2}$/.test(period)) return period;
  if (period.includes('-Q')) return `${period.slice(0, 4)}-${String(3 * Number(period.at(-1))).padStart(2, '0')}`;
  return /^\d{4}$/.test(period) ? `${period}-12` : undefined;
};
const open = (debts: readonly OpenBill[]) => debts.reduce((sum, { openFen }) => sum + openFen, 0);
const ofRate = (rate: CollectionRate) => ({ fen: rate?.fen ?? 0, ofFen: rate?.ofFen ?? 0 });
/** Of some bills: what paid for them, entered since a month, and that with what is still open of them. */
const byHand = (journals: readonly Seen[][], isOf: (bill: BillFacts) => boolean, since = '') => {
  const each = journals.map((events) => {
    const { bills, payments, offsets } = ledgerOf(events);
    const paid = [...payments.values()]
      .filter(({ reversed }) => !reversed)
      .flatMap(({ at, allocations }) => allocations.map((one) => ({ ...one, at })));
    const fen = [...paid, ...offsets]
      .filter(
        ({ part, bill, at }) => part === 'principal' && isOf(bills.get(bill) as BillFacts) && monthIn(at) >= since,
      )
      .reduce((sum, one) => sum + one.fen, 0);
    return { fen, ofFen: fen + open((refold(accountType, events)?.debts ?? []).filter(isOf)) };
  });
  return { fen: 0, ofFen: 0, ...added(each) };
};

test('law: what is open, and what came in for a month and of earlier years, are what accounts owe and what paid for it', async () => {
  await fc.assert(
    fc.asyncProperty(accounts, async (journals) => {
      const sums = await summed([journals.flat()], journals);
      const heads = journals.flatMap((events) => refold(accountType, events) ?? []);
      const debts = heads.flatMap((head) => head.debts);
      const { principal, late, prepaid } = collectionFiguresOf(...sums.total, LAST);
      expect(principal.closingFen).toBe(open(debts));
      expect(late.closingFen).toBe(debts.reduce((sum, { lateFen }) => sum + lateFen, 0));
      expect(prepaid.closingFen).toBe(heads.reduce((sum, { creditFen }) => sum + creditFen, 0));
      for (const one of figuresBy(...BY.item(sums)[0], LAST, BY.item(sums)[1])) {
        expect(one.principal.closingFen).toBe(open(debts.filter(({ bill }) => itemOf(bill) === one.key)));
      }
      for (const one of figuresBy(...BY.building(sums)[0], LAST, BY.building(sums)[1])) {
        const here = heads.filter(({ building }) => building === one.key).flatMap((head) => head.debts);
        expect(one.principal.closingFen).toBe(open(here));
      }
      // When a slip was charged its bill doesn't say.
      if (journals.flat().some(({ data }) => JSON.stringify(data).includes('service/'))) return;
      /** The accounts' journals as they stood at the end of a month. */
      const at = (month: string) => journals.map((all) => all.filter((one) => monthIn(one.at) <= month));
      for (const month of MONTHS) {
        const { current, currentToDate } = collectionFiguresOf(...sums.total, month);
        const isOf = (bill: BillFacts) => monthOf(bill) === month;
        expect(ofRate(currentToDate), month).toEqual(byHand(journals, isOf));
        expect(ofRate(current), month).toEqual(byHand(at(month), isOf));
      }
      for (const year of ['2026', '2027', '2028']) {
        const earlier = (bill: BillFacts) => (monthOf(bill) ?? '9') < year;
        const { prior } = collectionFiguresOf(...sums.total, `${year}-12`);
        expect(ofRate(prior), year).toEqual(byHand(at(`${year}-12`), earlier, `${year}-01`));
      }
    }),
    runs(30),
  );
});

/** Journals some of whose events were recorded under an earlier time than the one before: by a consumer that came late. */
const backdated = fc.tuple(accounts, fc.nat(60)).map(([journals, seed]) => {
  const times = [...new Set(journals.flat().map(({ at }) => at))];
  const back = new Map(times.map((at, i) => [at, at - ((i * 7_919 + seed) % 61) * DAY]));
  /** Wherever a time stands: of the event, or of what it undoes. */
  const earlier = (_: string, value: unknown) => back.get(value as number) ?? value;
  return JSON.parse(JSON.stringify(journals, earlier)) as Seen[][];
});

test('law: rates are lawful also where an event was recorded under an earlier time than the one before it', async () => {
  await fc.assert(
    fc.asyncProperty(backdated, async (journals) => {
      const sums = await summed([journals.flat()], journals);
      for (const month of MONTHS) {
        const { total, building, item } = figures(sums, month);
        for (const one of [total, ...building, ...item]) {
          for (const rate of [one.current, one.currentToDate, one.prior]) expectLawful(rate);
        }
      }
    }),
    runs(20),
  );
});
