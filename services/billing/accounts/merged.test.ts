import { beforeEach, describe, expect, test } from 'vitest';
import { wakeUp } from '../../../shared/journal/execute.ts';
import { cardsOf } from '../../../shared/testing/merged.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { payerOfSeveral } from '../payments/testing-payer.ts';
import { at, bill } from './testing.ts';

let w: Awaited<ReturnType<typeof payerOfSeveral>>;
const FLAT = bill(25_399);
const SPACE = bill(3_000, { item: 'parking' });
/** The payer of the space is the one of the flat. */
const merge = async (...ids: [string, ...string[]]) => {
  for (const card of cardsOf(SITE, ids)) await w.publish(card);
};
/** It was a mistake. */
const part = () => Promise.all(['pty_1', 'pty_2'].map((id) => merge(id)));
const headOf = async (unit: number, party: number) => (await w.accounts.head(SITE, w.idOf(unit, party))).state;
const open = async (unit: number, party: number) => (await headOf(unit, party))?.debts.map(({ openFen }) => openFen);
const post = (path: string, body: object) => w.call('sun', `POST /sites/${SITE}/${path}`, body);

beforeEach(async () => {
  w = await payerOfSeveral();
  await w.charges(1, [FLAT]);
  await w.charges(2, [SPACE], 2);
});

describe('a payer that two parties were merged into', () => {
  test.each([{ party: 'pty_1' }, { party: 'pty_2' }])('pays for all accounts at once, named $party', async (by) => {
    await merge('pty_1', 'pty_2');
    const paid = await w.pays({ ...by, fen: 28_399 }, 'once');
    expect(paid).toMatchObject({ status: 200, body: by });
    expect([await open(1, 1), await open(2, 2)]).toEqual([[], []]);
    await part();
    expect(await w.pays({ ...by, fen: 28_399 }, 'once')).toEqual(paid);
  });

  test('pays a letter that either of them had before', async () => {
    const letter = await w.notifies({ 1: [FLAT] });
    await merge('pty_2', 'pty_1');
    await w.pays({ letter, fen: 28_000 });
    expect([await open(1, 1), await open(2, 2)]).toEqual([[], [399]]);
  });

  test('however many were merged one after another, whoever else is somebody else', async () => {
    await w.charges(3, [bill(700)], 3);
    await w.charges(9, [bill(900)], 9);
    await merge('pty_3', 'pty_1', 'pty_2');
    const designated = [{ account: w.idOf(2, 2) }];
    await w.pays({ party: 'pty_1', fen: 25_399 + 3_000 + 700, designated });
    expect(await Promise.all([open(1, 1), open(2, 2), open(3, 3), open(9, 9)])).toEqual([[], [], [], [900]]);
    const foreign = await w.pays({ party: 'pty_1', fen: 1, designated: [{ account: w.idOf(9, 9) }] });
    expect(foreign.body.code).toBe('account.other-payer');
  });

  test('moves prepaid money between all of them, and no longer once they are two again', async () => {
    await w.pays({ party: 'pty_1', fen: 30_399 });
    const move = () => post(`accounts/${w.idOf(1)}/credit-moves`, { to: w.idOf(2, 2), fen: 1_000, reason: 'Asked.' });
    expect((await move()).body.code).toBe('account.other-payer');
    await merge('pty_2', 'pty_1');
    expect((await move()).body).toMatchObject({ from: { creditFen: 4_000 } });
    expect(await open(2, 2)).toEqual([2_000]);
    await part();
    expect((await move()).body.code).toBe('account.other-payer');
  });

  test('is not reminded of what is prepaid under another id', async () => {
    await w.pays({ party: 'pty_1', fen: 30_399 });
    await merge('pty_2', 'pty_1');
    await w.charges(3, [bill(500)], 2);
    w.now = at('2026-11-11', '09:00');
    for (const unit of [2, 3]) await wakeUp(w.accounts, { site: SITE, id: w.idOf(unit, 2), now: w.now });
    expect(await headOf(2, 2)).toMatchObject({ debts: [], steps: [] });
    expect(await headOf(3, 2)).toMatchObject({ debts: [], steps: [] });
    expect((await headOf(1, 1))?.creditFen).toBe(1_500);
  });
});

test('a payment over accounts of two ids is undone as a whole and invoiced as a whole, also once they are two again', async () => {
  await merge('pty_1', 'pty_2');
  const { body } = await w.pays({ party: 'pty_2', fen: 30_000 });
  expect((await post(`accounts/${w.idOf(1)}/credit-moves`, { to: w.idOf(2, 2), fen: 600, reason: 'x' })).status).toBe(
    200,
  );
  await post(`accounts/${w.idOf(2, 2)}/refunds`, { fen: 600, method: 'cash', reason: 'x' });
  await part();
  await w.tells(1);
  const { serial } = (await w.get('receipts')).items[0];
  await w.call('li', `POST /sites/${SITE}/receipts/${serial}/invoice`, { state: 'asked' });
  const issued = { state: 'issued', number: '26442000000012345678' };
  const { invoice } = (await w.call('li', `POST /sites/${SITE}/receipts/${serial}/invoice`, issued)).body;
  expect(invoice).toMatchObject({ state: 'issued' });
  const refused = await post(`payments/${body.payment}/reversals`, { account: w.idOf(2, 2), reason: 'It bounced.' });
  expect(refused.body.code).toBe('account.refunded-before');
  const other = await w.pays({ party: 'pty_1', fen: 10 });
  await merge('pty_1', 'pty_2');
  await w.charges(2, [bill(800, { item: 'rent' })], 2);
  const both = await w.pays({ party: 'pty_1', fen: 300 });
  await part();
  const undone = await post(`payments/${both.body.payment}/reversals`, {
    account: w.idOf(2, 2),
    reason: 'It bounced.',
  });
  expect(undone.status).toBe(200);
  expect(await open(2, 2)).toEqual([800]);
  expect(other.status).toBe(200);
});

test('what a payment of one who was never merged reads besides accounts is one card', async () => {
  const { send } = w.doc;
  const keys: string[] = [];
  w.doc.send = ((command: { input: { TableName?: string; Key?: { pk: string } } }, ...more: never[]) => {
    if (command.input.TableName === 'registry') keys.push(command.input.Key?.pk ?? '');
    return (send as (...all: unknown[]) => unknown).call(w.doc, command, ...more);
  }) as typeof send;
  await w.pays({ party: 'pty_1', fen: 25_399 });
  expect(keys.filter((pk) => pk.startsWith('payer#'))).toHaveLength(1);
  expect(await open(1, 1)).toEqual([]);
});
