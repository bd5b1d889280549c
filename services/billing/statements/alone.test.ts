import { beforeEach, describe, expect, it } from 'vitest';
import { SITE } from '../../../shared/testing/site.ts';
import { bill } from '../accounts/testing.ts';
import { FLAT, office } from './testing.ts';

/** pty_1 owes 253.99 for 8-2-101 and 30.00 for parking, pty_2 40.00; each has a notice of that. */
let o: Awaited<ReturnType<typeof office>>;
let first: string;
let second: string;
const PARKING = bill(3_000, { item: 'parking' });
const OTHERS = bill(4_000);
const line = (yuan: string, remark: string, n = 1) => `2026-11-01,${yuan},,1.00,张三,${remark},N${n}`;
const openOf = async () => (await o.w.accounts.head(SITE, o.w.idOf(3, 2))).state?.debts[0]?.openFen ?? 0;
const untouched = async () =>
  expect([await o.open(1), await o.open(2), await openOf()]).toEqual([25_399, 3_000, 4_000]);

beforeEach(async () => {
  o = await office();
  await o.w.charges(3, [OTHERS], 2);
  first = o.w.numberOf(await o.w.notifies({ 1: [FLAT] }));
  second = o.w.numberOf(await o.w.notifies({ 3: [OTHERS] }, 2));
});

describe('a line that names letters by their numbers', () => {
  it('of two payers is money of both: it is booked for neither, and both are proposed', async () => {
    expect((await o.reads([line('293.99', `${first} ${second}`)])).body).toMatchObject({ booked: 0, unclaimed: 1 });
    const [{ proposals }] = await o.unclaimed();
    expect(proposals).toMatchObject([
      { party: 'pty_1', signs: ['number'] },
      { party: 'pty_2', signs: ['number'] },
    ]);
    await untouched();
  });

  it.each([
    ['283.99', 1],
    ['283.98', 0],
    ['253.99', 0],
  ])('of one payer is booked alone where %s is what they ask for together: %i', async (yuan, booked) => {
    const other = o.w.numberOf(await o.w.notifies({ 2: [PARKING] }, 1, 'run_2026-12'));
    expect(other).not.toBe(first);
    expect((await o.reads([line(yuan, `${first}和${other}`)])).body.booked).toBe(booked);
    if (booked === 0) await untouched();
    else expect([await o.open(1), await o.open(2)]).toEqual([0, 0]);
  });

  it.each([
    ['a sum above all that its payer owes', '50000.00', () => first],
    ['a room of another owner', '40.00', () => `${second} 8-2-101`],
    ['a number that is no letter of ours', '253.99', () => `${first} FN-20261101-00000000`],
  ])('with %s is proposed, and waits for a person', async (_, yuan, remark) => {
    expect((await o.reads([line(yuan, remark())])).body).toMatchObject({ booked: 0, unclaimed: 1 });
    await untouched();
  });

  it.each(['100.00', '283.99'])('with %s, no more than its payer owes, is booked alone', async (yuan) => {
    expect((await o.reads([line(yuan, `${first} 8-2-101`)])).body.booked).toBe(1);
  });

  it('whose debts are paid waits for a person, though its payer owes more', async () => {
    await o.reads([line('253.99', first, 1)]);
    expect((await o.reads([line('30.00', first, 2)])).body).toMatchObject({ booked: 0, unclaimed: 1 });
    expect([await o.open(1), await o.open(2)]).toEqual([0, 3_000]);
  });
});

describe('two lines for one debt', () => {
  it.each([
    ['in one file', '8-2-101', true],
    ['in two files, uploaded at once', '8-2-101', false],
    ['by the number of its letter', 'number', true],
  ])('%s are one payment, and one line that a person decides', async (_, how, together) => {
    const said = how === 'number' ? first : how;
    const rows = [line('253.99', said, 1), line('253.99', said, 2)];
    await Promise.all(together ? [o.reads(rows)] : rows.map((row) => o.reads([row])));
    expect(await o.unclaimed()).toHaveLength(1);
    expect([await o.open(1), await o.open(2), (await o.w.head(1)).creditFen]).toEqual([0, 3_000, 0]);
  });
});

it.each(['押金', '保证金', '退款', '装 修', '租金', '定金', '装修押金'])(
  'a line that says %s is never booked alone, whatever else it says',
  async (word) => {
    const rows = [line('253.99', `8-2-101${word}`, 1), line('253.99', `${first} ${word}`, 2)];
    expect((await o.reads(rows)).body).toMatchObject({ booked: 0, unclaimed: 2 });
    await untouched();
  },
);
