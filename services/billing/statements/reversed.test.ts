import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_1, till } from '../cash-days/testing.ts';

let o: Awaited<ReturnType<typeof till>>;
beforeEach(async () => {
  o = await till();
});
const LINE = [`${DAY_1},500.00,,1.00,王五,谢谢,T001`];
/** Entered for pty_1, by its number. */
const typed = (fen = 50_000) => o.takes(fen, 'transfer', { paidOn: DAY_1, reference: 'T001' });
const lines = async () => (await o.rows(DAY_1, 'of=lines')).items;

describe('a payment that was entered under the number of a line, and reversed', () => {
  it('is not what the line is, read afterwards: somebody owes it, and it is claimed for who it is of', async () => {
    await o.reverses(await typed());
    expect((await o.reads(LINE)).body).toMatchObject({ booked: 0, unclaimed: 1 });
    const [{ id, owed }] = await o.unclaimed();
    expect(owed).toMatchObject([{ duty: 'claim' }]);
    expect(await o.claim(id, { party: 'pty_1' })).toMatchObject({ status: 200, body: { status: 'claimed' } });
    await o.settles();
    expect(await lines()).toMatchObject([{ as: 'matched' }]);
  });

  it('entered anew is what the line is', async () => {
    await o.reverses(await typed());
    const anew = await o.takes(50_000, 'transfer', { paidOn: DAY_1, reference: 'T001', sameReference: true });
    expect((await o.reads(LINE)).body.booked).toBe(1);
    expect(await lines()).toMatchObject([{ as: 'matched', payment: anew }]);
  });

  it('is never claimed as what a line is', async () => {
    const payment = await typed();
    await o.reverses(payment);
    await o.reads(LINE);
    const [{ id }] = await o.unclaimed();
    expect(await o.claim(id, { payment })).toMatchObject({
      status: 422,
      body: { code: 'remittance.payment-reversed', details: { payment } },
    });
  });

  it('while the line is linked to it leaves the line without a name', async () => {
    const payment = await typed(40_000);
    await o.reads([`${DAY_1},400.00,,1.00,王五,谢谢,T002`]);
    const [{ id }] = await o.unclaimed();
    const { headAndKey } = o.remittances;
    o.remittances.headAndKey = async (...of) => {
      o.remittances.headAndKey = headAndKey;
      await o.reverses(payment);
      return headAndKey(...of);
    };
    await o.claim(id, { payment });
    expect(await o.unclaimed()).toMatchObject([{ id, status: 'reopened', owed: [{ duty: 'claim' }] }]);
  });

  it('of another sum makes no line of its day one of another sum', async () => {
    const payment = await typed(60_000);
    await o.reads(LINE);
    expect(await lines()).toMatchObject([{ as: 'other-sum', payment }]);
    await o.reverses(payment);
    expect(await lines()).toMatchObject([{ as: 'unclaimed' }]);
  });
});
