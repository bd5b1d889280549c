import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Caller } from '../local/client.ts';
import { entersHome } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import { expectSound } from './support/sound.ts';
import { HOUR, MINUTE, refusal, startWorld, type World } from './support/world.ts';

describe('a second person is a second person', () => {
  let world: World;
  let manager: Caller;
  let director: Caller;
  let boss: Caller;
  let account: string;

  beforeAll(async () => {
    world = await startWorld();
    manager = await world.as('lakeside-manager');
    director = await world.as('lakeside-director');
    boss = await world.as('boss');
    const grants = [{ site: '*', role: 'administrator' }];
    await (await world.as('admin')).post('/staff', { name: 'Boss', subject: 'boss', language: 'en', grants }, fresh());
    const home = await entersHome(world, { number: '101' });
    const bills = [{ period: '2026-01', dueDay: '2026-01-12', fen: 100_000 }];
    account = `/sites/lakeside/accounts/${(await manager.post('/sites/lakeside/arrears', { ...home, bills }, fresh())).id}`;
    const money = { fen: 600_000, method: 'cash' };
    await (await world.as('lakeside-agent-1')).post(`${account}/payments`, money, fresh());
    await world.settle();
  });
  afterAll(() => world?.stop());

  const asksRefund = (who: Caller): Promise<Answer> =>
    who.post(`${account}/refunds`, { fen: 200_000, method: 'cash', reason: 'Paid twice.' }, fresh());
  const decidesRefund = (who: Caller, refund: string): Promise<Answer> =>
    who.post(`${account}/refunds/decide`, { refund, agree: true, words: 'Looked at.' }, fresh());

  /** What waits for somebody as the second person: which of which duty. */
  const waiting = async (who: Caller) =>
    (await who.get('/inbox/waiting')).items.map(({ duty, of, by }: Answer) => [duty, of, by]);

  it('of much money that is given back', async () => {
    const [{ id }] = (await asksRefund(manager)).asked;
    await world.settle();
    expect(await waiting(director)).toEqual([['refund', id, (await manager.get('/me')).name]]);
    expect(await waiting(manager)).toEqual([]);
    expect((await director.get('/inbox')).items).toContainEqual(
      expect.objectContaining({ kind: 'second', duty: 'refund' }),
    );
    expect(await refusal(decidesRefund(manager, id))).toMatchObject({ code: 'account.second-person' });
    expect(await decidesRefund(director, id)).toMatchObject({ creditFen: 300_000, asked: [] });
    await world.settle();
    expect(await waiting(director)).toEqual([]);
  });

  it('of a signed day of much money that is opened again', async () => {
    const day = '/sites/lakeside/cash-days/2026-03-02';
    const { seal, tillFen } = await manager.get(day);
    await manager.post(`${day}/close`, { seal, countedFen: tillFen }, fresh());
    await director.post(`${day}/countersign`, { seal }, fresh());
    expect(await manager.post(`${day}/reopen`, { words: 'Counted wrongly.' }, fresh())).toMatchObject({
      status: 'final',
      asked: { by: world.staff('lakeside-manager') },
    });
    const decided = { agree: true, words: 'Looked at.' };
    expect(await refusal(manager.post(`${day}/reopen/decide`, decided, fresh()))).toMatchObject({ status: 422 });
    expect(await director.post(`${day}/reopen/decide`, decided, fresh())).toMatchObject({ status: 'reopened' });
  });

  it('is not made by giving a colleague another sign-in: two agree to it, those concerned hear, and a day goes by', async () => {
    const id = world.staff('lakeside-manager');
    const path = `/staff/${id}/sign-in`;
    // Nobody decides on the day they were made an administrator.
    await world.passes(24 * HOUR);
    const puppet = { subject: 'puppet' };
    const [{ id: refund }] = (await asksRefund(manager)).asked;
    // The thief changes the address first, so that nothing of it should reach the manager.
    const { name, language, grants } = await boss.get(`/staff/${id}`);
    await director.put(
      `/staff/${id}`,
      { name, email: 'thief@example.com', subject: 'lakeside-manager', language, grants },
      fresh(),
    );
    await world.passes(MINUTE);
    await director.post(path, { ...puppet, reason: 'A new phone.' }, fresh());
    await world.passes(MINUTE);
    const heard = (await world.mailTo('lakeside-manager')).map(({ text }) => text).join('\n');
    expect(heard).toMatch(/mail address on record was changed or removed/);
    expect(heard).toMatch(/asks for another sign-in/);
    expect(heard).toContain(`By: ${(await director.get('/me')).name}`);
    expect((await waiting(boss)).map(([duty]: string[]) => duty)).toEqual(['sign-in-asked']);
    expect((await boss.get(`/staff/${id}`)).asked).toMatchObject({ reason: 'A new phone.' });
    expect(await world.inbox('lakeside-manager', id)).toMatchObject([
      { duty: 'sign-in-asked', mail: 'sent' },
      { duty: 'address-left', mail: 'sent' },
    ]);
    const [administrators] = await world.inbox('boss', id);
    expect(administrators).toMatchObject({ duty: 'sign-in-asked', site: '*', mail: 'no-address' });
    // Their superior asked: the one above hears.
    const [above] = await world.inbox('group-manager', id);
    expect(above).toMatchObject({ duty: 'sign-in-asked', mail: 'sent' });
    const agrees = { ...puppet, agree: true };
    expect(await refusal(director.post(`${path}/decide`, agrees, fresh()))).toMatchObject({ status: 403 });
    await boss.post(`${path}/decide`, agrees, fresh());
    await world.passes(MINUTE);
    expect(await refusal(manager.get('/me'))).toMatchObject({ status: 403 });
    const other = await world.as('puppet');
    expect((await other.get('/me')).staff).toBe(id);
    expect((await other.get('/inbox')).items[0]).toMatchObject({ kind: 'sign-in', duty: 'sign-in-changed' });
    expect(await refusal(decidesRefund(director, refund))).toMatchObject({ code: 'second-person.began-as-another' });
    const [, { id: later }] = (await asksRefund(director)).asked;
    expect(await refusal(decidesRefund(other, later))).toMatchObject({ code: 'second-person.new-sign-in' });
    await world.passes(24 * HOUR);
    expect((await decidesRefund(other, later)).creditFen).toBe(100_000);
    await world.settle();
  });

  it('leaves everything sound', () => expectSound(world));
});
