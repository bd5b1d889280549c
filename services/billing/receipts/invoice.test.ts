import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { SITE } from '../../../shared/testing/site.ts';
import { exportOf } from './content.ts';
import { invoiceState, receiptByPayment } from './store.ts';
import { ACCOUNT, officeOfReceipts } from './testing.ts';

const NUMBER = '24312000000012345678';

let w: Awaited<ReturnType<typeof officeOfReceipts>>;
beforeEach(async () => {
  w = await officeOfReceipts();
});

describe('an invoice (发票)', () => {
  const receipt = async () => {
    const payment = await w.pays(100);
    await w.tells(await w.money());
    return { payment, serial: (await w.get(`payments/${payment}/receipt`)).serial as string };
  };

  test('is asked for, issued with its number, and flushed in red', async () => {
    const { payment, serial } = await receipt();
    expect(await invoiceState(w.invoices, SITE, payment)).toBe('none');
    const asked = await w.invoice(serial, { state: 'asked' });
    expect(asked.body.invoice).toMatchObject({ state: 'asked', owed: [{ duty: 'issue', role: 'supervisor' }] });
    const issued = await w.invoice(serial, { state: 'issued', number: NUMBER });
    expect(issued.body.invoice).toEqual({ state: 'issued', number: NUMBER, owed: [] });
    expect((await w.invoice(serial, { state: 'asked' })).body.code).toBe('invoice.not-now');
    const flushed = await w.invoice(serial, { state: 'red-flushed', number: '24312000000087654321' });
    expect(flushed.body.invoice).toMatchObject({ state: 'red-flushed', number: NUMBER });
    expect(await invoiceState(w.invoices, SITE, payment)).toBe('red-flushed');
  });

  test('of a reversed payment has to be flushed; one that was only asked for is dropped, and none is issued any more', async () => {
    const issued = await receipt();
    const asked = await receipt();
    await w.invoice(issued.serial, { state: 'issued', number: NUMBER });
    await w.invoice(asked.serial, { state: 'asked' });
    await w.reverses(asked.payment);
    await w.reverses(issued.payment);
    await w.tells(await w.money());
    expect((await w.get(`receipts/${issued.serial}`)).invoice).toMatchObject({
      state: 'issued',
      owed: [{ duty: 'flush' }],
    });
    expect((await w.get(`receipts/${asked.serial}`)).invoice).toMatchObject({ state: 'dropped', owed: [] });
    expect((await w.invoice(asked.serial, { state: 'issued', number: NUMBER })).body.code).toBe('invoice.not-now');
    const late = await receipt();
    await w.reverses(late.payment);
    await w.tells(await w.money());
    expect((await w.invoice(late.serial, { state: 'asked' })).body.code).toBe('receipt.void');
  });

  test.each([
    [{ state: 'issued' }, 'body.number'],
    [{ state: 'asked', number: NUMBER }, 'body.number'],
    [{ state: 'issued', number: '1' }, 'body.number'],
    [{ state: 'lost' }, 'body.state'],
  ])('told of as %j is refused, naming the field', async (body, field) => {
    const { serial } = await receipt();
    const { status, body: problem } = await w.invoice(serial, body);
    expect([status, problem.errors[0].field]).toEqual([400, field]);
  });

  test('stands in the export for the tax platform', async () => {
    const { payment, serial } = await receipt();
    await w.invoice(serial, { state: 'issued', number: NUMBER });
    const known = await receiptByPayment(w.books, SITE, payment);
    const { state } = await w.invoices.head(SITE, payment.replace('pay_', 'inv_'));
    if (!known) throw new Error('there is a receipt');
    const [header, row] = exportOf([{ receipt: known, invoice: state }]).split('\r\n');
    expect(header).toContain('serial,takenOn,paidOn,method,amountFen');
    expect(row).toBe(`2026-000001,2026-11-05,2026-11-05,cash,100,${payment},${ACCOUNT},unt_1,pty_1,,issued,${NUMBER},`);
  });

  test.each([
    ['from=2026-11-01&to=2026-10-31', 'query.to'],
    ['from=2026-11-01&to=2026-12-02', 'query.to'],
  ])('an export of %s is refused', async (query, field) => {
    const { status, body } = await w.call('li', `GET /sites/${SITE}/receipts/export?${query}`);
    expect([status, body.errors[0].field]).toEqual([400, field]);
  });

  test('keeps what was prepaid with it from being given back until it is flushed in red', async () => {
    await w.pays(100_000);
    const older = await w.pays(3_000);
    const newer = await w.pays(5_000);
    await w.tells(await w.money());
    const { serial } = await w.get(`payments/${newer}/receipt`);
    await w.invoice(serial, { state: 'issued', number: NUMBER });
    const { status, body } = await w.refunds(3_001);
    expect([status, body.code]).toEqual([422, 'account.invoiced']);
    expect(body.title).toContain('¥30.00');
    expect(body.title).toContain(newer);
    expect((await w.refunds(2_000)).body.creditFen).toBe(6_000);
    // A refund takes the oldest prepaid money: 1,000 of it are left, and 5,000 stand on the invoice.
    expect((await w.refunds(1_001)).body.title).toContain('¥10.00');
    await w.invoice(serial, { state: 'red-flushed', number: '24312000000087654321' });
    expect((await w.refunds(6_000)).body.creditFen).toBe(0);
    expect((await w.get(`payments/${older}/receipt`)).fen).toBe(3_000);
  });

  test('and the refund of its payment at the same moment are one or the other, whoever is faster', async () => {
    // Between tries nobody waits in earnest.
    vi.useFakeTimers({ toFake: ['setTimeout'] }).setTimerTickMode('nextTimerAsync');
    onTestFinished(() => void vi.useRealTimers());
    const came: string[] = [];
    for (let steps = 0; steps < 40; steps += 8) {
      w = await officeOfReceipts();
      await w.pays(100_000);
      const payment = await w.pays(3_000);
      await w.tells(await w.money());
      const { serial } = await w.get(`payments/${payment}/receipt`);
      const issued = w.invoice(serial, { state: 'issued', number: NUMBER });
      for (let i = 0; i < steps; i++) await Promise.resolve();
      const [invoice, refund] = await Promise.all([issued, w.refunds(3_000)]);
      const gone = refund.status === 200 ? 3_000 : 0;
      const state = (await w.invoices.head(SITE, payment.replace('pay_', 'inv_'))).state;
      expect((state?.fen ?? 0) + gone, `${steps} steps later`).toBeLessThanOrEqual(3_000);
      came.push(`${invoice.status} ${refund.status}`);
    }
    // Who was too late is told so, and may ask again.
    expect(new Set(came).size).toBeGreaterThan(1);
    for (const one of came) expect(one).toMatch(/^(200 (422|409)|(422|409) 200|409 409)$/);
  });

  test('is not issued of a payment that was reversed, before its receipt is void', async () => {
    const { payment, serial } = await receipt();
    await w.reverses(payment);
    expect((await w.invoice(serial, { state: 'issued', number: NUMBER })).body.code).toBe('receipt.void');
  });

  test('stands for what was not given back; the older of two payments gives first', async () => {
    await w.pays(100_000);
    const [older, newer] = [await w.pays(1_000), await w.pays(1_000)];
    await w.tells(await w.money());
    const first = await w.get(`payments/${older}/receipt`);
    await w.invoice(first.serial, { state: 'issued', number: NUMBER });
    // Only the newer one's may go.
    expect((await w.refunds(900)).body.creditFen).toBe(1_100);
    expect((await w.refunds(101)).body.code).toBe('account.invoiced');
    const second = await w.get(`payments/${newer}/receipt`);
    await w.invoice(second.serial, { state: 'issued', number: '24312000000012345679' });
    expect((await w.invoices.head(SITE, newer.replace('pay_', 'inv_'))).state?.fen).toBe(100);
    await w.invoice(first.serial, { state: 'red-flushed', number: '24312000000087654321' });
    expect((await w.refunds(1_000)).body.creditFen).toBe(100);
    const nothing = await w.invoice(first.serial, { state: 'issued', number: '24312000000012345670' });
    expect(nothing.body.code).toBe('receipt.refunded');
  });
});
