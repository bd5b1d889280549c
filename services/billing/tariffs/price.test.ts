import { describe, expect, test } from 'vitest';
import { type Particulars, price } from './price.ts';
import type { ScheduleVersion } from './schedule.ts';
import { always, flat, item, known, plan, schedule } from './testing.ts';

const priced = (versions: ScheduleVersion[], month: string, unit = flat(), particulars: Particulars = known()) =>
  price(plan(versions, month), unit, particulars);
/** Fen by bill and payer, as somebody would write them down. */
const amounts = (...of: Parameters<typeof priced>) =>
  priced(...of).payers.flatMap(({ party, bills }) => bills.map(({ bill, fen }) => `${party} ${bill} ${fen}`));

describe('area × rate', () => {
  test('89.12 m² at 2.85 yuan are 253.992 yuan: 253.99', () => {
    expect(priced(always(item()), '2026-11')).toEqual({
      payers: [
        {
          party: 'pty_1',
          bills: [
            {
              bill: 'management/2026-11',
              dueDay: '2026-11-10',
              fen: 25_399,
              rate: '2.85',
              quantityMicro: 89_120_000,
            },
          ],
        },
      ],
      leftOut: [],
    });
  });

  test.each([
    ['half-up', 13],
    ['half-even', 12],
    ['up', 13],
    ['down', 12],
  ] as const)('12.5 fen become %s: %i', (rounding, fen) => {
    const unit = flat({ areaMicro: 50_000 });
    expect(amounts(always(item({ rates: [{ rate: '2.5' }], rounding })), '2026-11', unit)).toEqual([
      `pty_1 management/2026-11 ${fen}`,
    ]);
  });

  test('the rate goes by kind and state of the unit, the first that fits', () => {
    const rates = [
      { rate: '1', states: ['vacant' as const], kinds: ['flat' as const] },
      { rate: '2', kinds: ['flat' as const] },
      { rate: '6.5', kinds: ['shop' as const] },
    ];
    const of = (over: Parameters<typeof flat>[0]) =>
      amounts(always(item({ rates })), '2026-11', flat({ areaMicro: 100_000_000, ...over }));
    expect(of({})).toEqual(['pty_1 management/2026-11 20000']);
    expect(of({ state: 'vacant' })).toEqual(['pty_1 management/2026-11 10000']);
    expect(of({ kind: 'shop', state: 'vacant' })).toEqual(['pty_1 management/2026-11 65000']);
  });
});

describe('a change within the period goes by day', () => {
  const sold = flat({ areaMicro: 100_000_000, payers: [{ party: 'pty_1' }, { party: 'pty_2', from: '2026-11-15' }] });

  test('a sale on the 15th of November: 14 days for the seller, the rest for the buyer', () => {
    // 285.00 × 14/30 = 133.00
    const { payers } = priced(always(item()), '2026-11', sold);
    expect(payers.map(({ party, bills: [bill] }) => [party, bill?.fen, bill?.from, bill?.to])).toEqual([
      ['pty_1', 13_300, '2026-11-01', '2026-11-14'],
      ['pty_2', 15_200, '2026-11-15', '2026-11-30'],
    ]);
  });

  test('a sale on the first of the month is no split', () => {
    const unit = flat({ payers: [{ party: 'pty_1' }, { party: 'pty_2', from: '2026-11-01' }] });
    expect(amounts(always(item()), '2026-10', unit)).toEqual(['pty_1 management/2026-10 25399']);
    expect(amounts(always(item()), '2026-11', unit)).toEqual(['pty_2 management/2026-11 25399']);
  });

  test('29 February is a day like any other', () => {
    const unit = flat({ areaMicro: 100_000_000, payers: [{ party: 'pty_1' }, { party: 'pty_2', from: '2028-02-29' }] });
    // 285.00 × 28/29 = 275.172…
    expect(amounts(always(item()), '2028-02', unit)).toEqual([
      'pty_1 management/2028-02 27517',
      'pty_2 management/2028-02 983',
    ]);
    // In 2027 the month has no such day: the buyer begins on the first of March.
    const next = { ...unit, payers: [{ party: 'pty_1' }, { party: 'pty_2', from: '2027-03-01' }] };
    expect(amounts(always(item()), '2027-02', next)).toEqual(['pty_1 management/2027-02 28500']);
  });

  test('a rate that changes on the 11th: ten days at the old, twenty at the new', () => {
    const versions = schedule(['2000-01-01', item()], ['2026-11-11', item({ rates: [{ rate: '3.15' }] })]);
    // 100 m²: 285.00 × 10/30 + 315.00 × 20/30 = 95.00 + 210.00
    const [payer] = priced(versions, '2026-11', flat({ areaMicro: 100_000_000 })).payers;
    expect(payer?.bills).toEqual([
      { bill: 'management/2026-11', dueDay: '2026-11-10', fen: 30_500, quantityMicro: 100_000_000 },
    ]);
  });

  test('rate and payer change within one month', () => {
    const versions = schedule(['2000-01-01', item()], ['2026-11-11', item({ rates: [{ rate: '3.15' }] })]);
    // The seller's 14 days: 95.00 + 315.00 × 4/30 = 137.00
    expect(amounts(versions, '2026-11', sold)).toEqual([
      'pty_1 management/2026-11 13700',
      'pty_2 management/2026-11 16800',
    ]);
  });

  test('of an item that is not prorated, whoever pays on the first day pays all', () => {
    const waste = item({ code: 'waste', basis: 'flat', rates: [{ rate: '30' }], prorated: false });
    expect(amounts(always(waste), '2026-11', sold)).toEqual(['pty_1 waste/2026-11 3000']);
    const handed = { ...sold, payers: [{ party: 'pty_2', from: '2026-11-15' }] };
    expect(amounts(always(waste), '2026-11', handed)).toEqual(['pty_2 waste/2026-11 3000']);
  });

  test('an item that begins on the 16th is for half of November', () => {
    const versions = schedule(['2000-01-01'], ['2026-11-16', item()]);
    expect(priced(versions, '2026-11', flat({ areaMicro: 100_000_000 })).payers[0]?.bills[0]).toMatchObject({
      fen: 14_250,
      from: '2026-11-16',
      to: '2026-11-30',
    });
  });
});

describe('quarters and years', () => {
  const quarterly = item({ cycle: 'quarterly' });

  test('a quarter is billed in its first month, for three', () => {
    // 89.12 × 2.85 × 3 = 761.976
    expect(priced(always(quarterly), '2026-10').payers[0]?.bills[0]).toMatchObject({
      bill: 'management/2026-10',
      from: '2026-10-01',
      to: '2026-12-31',
      fen: 76_198,
    });
    expect(priced(always(quarterly), '2026-11')).toEqual({ payers: [], leftOut: [] });
  });

  test('a year may begin in any month', () => {
    const yearly = item({ cycle: 'yearly', firstMonth: 7, basis: 'flat', rates: [{ rate: '12.5' }] });
    expect(priced(always(yearly), '2026-07').payers[0]?.bills[0]).toMatchObject({ to: '2027-06-30', fen: 15_000 });
    expect(priced(always(yearly), '2026-06').payers).toEqual([]);
  });

  test('a rate that changes with the second month: a month at the old, two at the new', () => {
    const versions = schedule(
      ['2000-01-01', quarterly],
      ['2026-11-01', item({ cycle: 'quarterly', rates: [{ rate: '3' }] })],
    );
    // 100 m²: 285 + 2 × 300
    expect(amounts(versions, '2026-10', flat({ areaMicro: 100_000_000 }))).toEqual(['pty_1 management/2026-10 88500']);
  });

  test('a sale within: whole months count as months, the month of the sale by its days', () => {
    const unit = flat({ areaMicro: 100_000_000, payers: [{ party: 'pty_1' }, { party: 'pty_2', from: '2026-11-16' }] });
    // 285.00 + 142.50 of 855.00
    expect(amounts(always(quarterly), '2026-10', unit)).toEqual([
      'pty_1 management/2026-10 42750',
      'pty_2 management/2026-10 42750',
    ]);
  });

  test('an item that begins within a quarter is billed in that month for the rest of it', () => {
    const versions = schedule(['2000-01-01'], ['2026-11-01', quarterly]);
    expect(priced(versions, '2026-11').payers[0]?.bills[0]).toMatchObject({ to: '2026-12-31', fen: 50_798 });
    expect(priced(versions, '2026-12').payers).toEqual([]);
    expect(priced(versions, '2027-01').payers[0]?.bills[0]).toMatchObject({ fen: 76_198 });
  });
});

describe('other bases', () => {
  test('flat, and once in its month', () => {
    const idempotencyKey = item({
      code: 'gate',
      basis: 'once',
      rates: [{ rate: '50' }],
      period: '2026-11',
      prorated: false,
    });
    const all = always(item({ code: 'waste', basis: 'flat', rates: [{ rate: '12' }] }), idempotencyKey);
    expect(amounts(all, '2026-11')).toEqual(['pty_1 gate/2026-11 5000', 'pty_1 waste/2026-11 1200']);
    expect(amounts(all, '2026-12')).toEqual(['pty_1 waste/2026-12 1200']);
  });

  test('parking is for spaces alone, which need no area', () => {
    const parking = item({ code: 'parking', basis: 'space', rates: [{ rate: '300' }] });
    expect(amounts(always(parking), '2026-11', flat({ kind: 'space', areaMicro: 0 }))).toEqual([
      'pty_1 parking/2026-11 30000',
    ]);
    expect(priced(always(parking), '2026-11').leftOut).toEqual([{ unit: 'unt_1', item: '', reason: 'no-item' }]);
  });

  test('a reading is for the whole period, shared by day when the unit is sold', () => {
    const heat = item({ code: 'heat', basis: 'metered', cycle: 'quarterly', rates: [{ rate: '0.16' }] });
    const readings = new Map([['heat', 1_234_500_000]]);
    // 1234.5 × 0.16 = 197.52
    expect(amounts(always(heat), '2026-10', flat(), known({ readings }))).toEqual(['pty_1 heat/2026-10 19752']);
    const sold = flat({ payers: [{ party: 'pty_1' }, { party: 'pty_2', from: '2026-11-01' }] });
    expect(amounts(always(heat), '2026-10', sold, known({ readings }))).toEqual([
      'pty_1 heat/2026-10 6584',
      'pty_2 heat/2026-10 13168',
    ]);
  });

  test('a share of a pool goes to whoever pays for the days', () => {
    const lifts = item({ code: 'lifts', basis: 'shared', rates: [{}] });
    const sold = flat({ payers: [{ party: 'pty_1' }, { party: 'pty_2', from: '2026-11-15' }] });
    expect(amounts(always(lifts), '2026-11', sold, known({ shares: new Map([['lifts', 1_001]]) }))).toEqual([
      'pty_1 lifts/2026-11 467',
      'pty_2 lifts/2026-11 534',
    ]);
    const [first] = priced(always(lifts), '2026-11', sold, known({ shares: new Map([['lifts', 1_001]]) })).payers;
    expect(first?.bills).toMatchObject([{ sharedMicro: 89_120_000 }]);
  });
});

describe('discounts', () => {
  const discount = { unit: 'unt_1', item: 'management', from: '2026-01-01', to: '2026-12-31' };

  test('ten percent are a line of the bill, after which is paid what is left', () => {
    const particulars = known({ discounts: [{ ...discount, percent: 10 }] });
    expect(priced(always(item()), '2026-11', flat(), particulars).payers[0]?.bills[0]).toMatchObject({
      fen: 22_859,
      discountFen: 2_540,
    });
  });

  test('it covers its own days', () => {
    const particulars = known({ discounts: [{ ...discount, percent: 50, to: '2026-11-15' }] });
    // Half of 15/30 of 253.99
    expect(priced(always(item()), '2026-11', flat(), particulars).payers[0]?.bills[0]).toMatchObject({
      discountFen: 6_350,
    });
    expect(amounts(always(item()), '2026-12', flat(), particulars)).toEqual(['pty_1 management/2026-12 25399']);
  });

  test('fen a month, never more than the bill; a bill of nothing is still a bill', () => {
    const quarterly = always(item({ cycle: 'quarterly' }));
    const some = known({ discounts: [{ ...discount, fen: 2_000 }] });
    expect(priced(quarterly, '2026-10', flat(), some).payers[0]?.bills[0]).toMatchObject({ discountFen: 6_000 });
    const all = known({ discounts: [{ ...discount, fen: 90_000 }] });
    expect(priced(quarterly, '2026-10', flat(), all).payers[0]?.bills[0]).toMatchObject({
      fen: 0,
      discountFen: 76_198,
    });
  });
});

describe('what can’t be billed is listed', () => {
  test.each([
    ['no-payer', flat({ payers: [] }), item()],
    ['no-area', flat({ areaMicro: 0, kind: 'space' }), item()],
    ['no-reading', flat(), item({ basis: 'metered' })],
    ['no-pool', flat(), item({ basis: 'shared', rates: [{}] })],
    ['nothing', flat({ areaMicro: 1 }), item()],
    ['too-much', flat(), item({ rates: [{ rate: '1000000' }] })],
  ] as const)('%s', (reason, unit, of) => {
    expect(priced(always(of), '2026-11', unit)).toEqual({
      payers: [],
      leftOut: [{ unit: 'unt_1', item: 'management', reason }],
    });
  });

  test('days on which nobody pays, beside what is billed of the others', () => {
    const unit = flat({ areaMicro: 100_000_000, payers: [{ party: 'pty_1', from: '2026-11-16' }] });
    const { payers, leftOut } = priced(always(item()), '2026-11', unit);
    expect(payers[0]?.bills[0]?.fen).toBe(14_250);
    expect(leftOut).toEqual([{ unit: 'unt_1', item: 'management', reason: 'no-payer' }]);
  });
});

describe('due days', () => {
  const dueDays = (month: string, today: string, of = item()) =>
    plan(always(of), month, today).due.map(({ dueDay }) => dueDay);

  test('the policy’s day, the item’s own, rolled over a holiday', () => {
    expect(dueDays('2026-11', '2026-11-01')).toEqual(['2026-11-10']);
    expect(dueDays('2026-11', '2026-11-01', item({ dueDay: 20 }))).toEqual(['2026-11-20']);
    // 15 to 23 February 2026 is the Spring Festival.
    expect(dueDays('2026-02', '2026-02-01', item({ dueDay: 16 }))).toEqual(['2026-02-24']);
  });

  test('a bill made after that day leaves as many days as one made on the first', () => {
    expect(dueDays('2026-11', '2026-11-10')).toEqual(['2026-11-10']);
    expect(dueDays('2026-11', '2026-11-11')).toEqual(['2026-11-20']);
    expect(dueDays('2026-01', '2026-11-11')).toEqual(['2026-11-20']);
  });
});
