import { beforeEach, describe, expect, test } from 'vitest';
import { SITE } from '../../../shared/testing/site.ts';
import { at, bill } from '../accounts/testing.ts';
import { numberOf } from '../letters/number.ts';
import { payerOfSeveral } from './testing-payer.ts';

let w: Awaited<ReturnType<typeof payerOfSeveral>>;
const FLAT = bill(25_399);
const SPACE = bill(3_000, { item: 'parking' });
beforeEach(async () => {
  w = await payerOfSeveral();
  await w.charges(1, [FLAT]);
  await w.charges(2, [SPACE]);
});
const open = async (unit: number) => (await w.head(unit)).debts.map(({ bill: name, openFen }) => [name, openFen]);

describe('one notice, one sum', () => {
  test.each(['letter', 'number'])('named by its %s it is paid on every account, and nobody is dunned', async (by) => {
    const letter = await w.notifies({ 1: [FLAT], 2: [SPACE] });
    const number = numberOf(letter, { kind: 'fee-notice', day: '2026-11-01' });
    const named = by === 'letter' ? { letter } : { number: number.toLowerCase().replaceAll('-', '') };
    const { status, body } = await w.pays({ ...named, fen: 28_399 }, 'once');
    expect([status, body.party]).toEqual([200, 'pty_1']);
    expect([await open(1), await open(2)]).toEqual([[], []]);
    expect((await w.pays({ ...named, fen: 28_399 }, 'once')).body).toEqual(body);
    w.now = at('2026-11-11', '09:00');
    await Promise.all([w.wakesUp(1), w.wakesUp(2)]);
    expect([(await w.head(1)).steps, (await w.head(2)).steps]).toEqual([[], []]);
  });

  test('what was asked for comes before older debts, what the payer says before that', async () => {
    const letter = await w.notifies({ 2: [SPACE] });
    await w.charges(3, [bill(1_000, { period: '2026-08', dueDay: '2026-08-10' })]);
    await w.pays({ letter, fen: 3_500, designated: [{ account: w.idOf(1), bill: 'management/2026-11' }] });
    expect(await open(1)).toEqual([['management/2026-11', 21_899]]);
    await w.pays({ letter, fen: 3_500 });
    expect([await open(1), await open(2), await open(3)]).toEqual([
      [['management/2026-11', 21_899]],
      [],
      [['management/2026-08', 500]],
    ]);
  });

  test('a part is shared by the law: the oldest first, in proportion within a day, across accounts', async () => {
    await w.charges(2, [bill(1_000, { period: '2026-08', dueDay: '2026-08-10' })]);
    await w.pays({ party: 'pty_1', fen: 1_000 + 14_200 });
    expect(await open(1)).toEqual([['management/2026-11', 25_399 - 12_700]]);
    expect(await open(2)).toEqual([['parking/2026-11', 1_500]]);
  });

  test('the rest is prepaid once, where the payer says or on the first account', async () => {
    await w.pays({ party: 'pty_1', fen: 30_000 });
    expect([(await w.head(1)).creditFen, (await w.head(2)).creditFen]).toEqual([1_601, 0]);
    await w.pays({ party: 'pty_1', fen: 500, designated: [{ account: w.idOf(2) }] });
    expect((await w.head(2)).creditFen).toBe(500);
  });

  test('another payer’s account, an unknown payer and two names at once are refused', async () => {
    await w.charges(9, [FLAT], 9);
    const foreign = await w.pays({ party: 'pty_1', fen: 1, designated: [{ account: w.idOf(9, 9) }] });
    expect(foreign).toMatchObject({ status: 422, body: { code: 'account.other-payer' } });
    expect(await w.pays({ party: 'pty_7', fen: 1 })).toMatchObject({ body: { code: 'account.no-accounts' } });
    expect(await w.pays({ number: 'FN-20261101-00000000', fen: 1 })).toMatchObject({ status: 404 });
    const both = await w.pays({ party: 'pty_1', number: 'FN-20261101-00000000', fen: 1 });
    expect(both.body.errors).toMatchObject([{ field: 'body.party' }]);
  });

  test('has one receipt that says what each room got, and the till counts it once', async () => {
    const { body } = await w.pays({ party: 'pty_1', fen: 28_500 });
    await w.tells(2, 1);
    await w.tells(1, 2);
    const { items } = await w.get('receipts');
    expect(items).toMatchObject([{ payment: body.payment, fen: 28_500, creditFen: 101 }]);
    expect(items[0].parts.map(({ unit, fen }: { unit: string; fen: number }) => [unit, fen])).toEqual([
      ['unt_1', 25_500],
      ['unt_2', 3_000],
    ]);
    expect(await w.get('cash-days/2026-11-01')).toMatchObject({ takenFen: 28_500, receipts: 1 });
  });

  test('turned out not to have come, it is undone as a whole, wherever its money went', async () => {
    const { body } = await w.pays({ party: 'pty_1', fen: 30_000 });
    const moved = { to: w.idOf(2), fen: 1_000, reason: 'For the space.' };
    expect((await w.call('sun', `POST /sites/${SITE}/accounts/${w.idOf(1)}/credit-moves`, moved)).status).toBe(200);
    const alone = { payment: body.payment, reason: 'It bounced.' };
    expect(await w.call('sun', `POST /sites/${SITE}/accounts/${w.idOf(2)}/reversals`, alone)).toMatchObject({
      status: 422,
      body: { code: 'account.payment-shared' },
    });
    const whole = { account: w.idOf(2), reason: 'It bounced.' };
    const undone = await w.call('sun', `POST /sites/${SITE}/payments/${body.payment}/reversals`, whole);
    expect(undone.status).toBe(200);
    expect([await open(1), await open(2)]).toEqual([[['management/2026-11', 25_399]], [['parking/2026-11', 3_000]]]);
    expect([(await w.head(1)).creditFen, (await w.head(2)).creditFen]).toEqual([0, 0]);
    await w.tells(1, 2);
    await w.tells(2, 1);
    expect(await w.get('cash-days/2026-11-01')).toMatchObject({ takenFen: 30_000, reversedFen: 30_000, receipts: 1 });
  });
});

describe('prepaid money', () => {
  const prepay = (unit: number, fen: number) =>
    w.call('li', `POST /sites/${SITE}/accounts/${w.idOf(unit)}/payments`, { fen, method: 'cash' });

  test('of one account keeps the payer from being reminded of another: it pays for that, with a trace', async () => {
    await prepay(1, 25_399 + 3_400);
    w.now = at('2026-11-11', '09:00');
    await w.wakesUp(2);
    expect(await w.head(2)).toMatchObject({ debts: [], steps: [], creditFen: 0 });
    expect((await w.head(1)).creditFen).toBe(400);
    const lines = await w.get(`accounts/${w.idOf(1)}/ledger`);
    expect(lines.items.at(-1)).toMatchObject({ kind: 'credit-moved', creditFen: -3_000 });
    const names = (await w.journal([2])).map(({ name }) => name);
    expect(names).not.toContain('account.step-due');
  });

  test('that covers a part only stays where it is, and the payer is reminded', async () => {
    await prepay(1, 25_399 + 400);
    w.now = at('2026-11-11', '09:00');
    await w.wakesUp(2);
    expect(await w.head(2)).toMatchObject({ debts: [{ openFen: 3_000 }], steps: [{ rung: 'friendly' }] });
  });

  test('goes to another account of the payer, never beyond what there is, never to somebody else', async () => {
    await prepay(1, 25_399 + 4_000);
    await w.charges(9, [FLAT], 9);
    const move = (to: string, fen: number) =>
      w.call('sun', `POST /sites/${SITE}/accounts/${w.idOf(1)}/credit-moves`, { to, fen, reason: 'Asked for.' });
    expect(await move(w.idOf(9, 9), 1)).toMatchObject({ body: { code: 'account.other-payer' } });
    expect(await move(w.idOf(2), 4_001)).toMatchObject({ body: { code: 'account.not-prepaid' } });
    expect((await move(w.idOf(1), 1)).status).toBe(404);
    expect((await move(w.idOf(2), 3_500)).body).toMatchObject({ from: { creditFen: 500 }, to: { creditFen: 500 } });
    expect(await open(2)).toEqual([]);
  });
});
