import { beforeEach, describe, expect, it, test } from 'vitest';
import { staffKey } from '../../../shared/people/access.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { at } from '../accounts/testing.ts';
import { onRemittance } from '../statements/on-remittance.ts';
import { moneyMoved } from './moved.ts';
import { DAY_1, DAY_2, till } from './testing.ts';

let o: Awaited<ReturnType<typeof till>>;
beforeEach(async () => {
  o = await till();
});

describe('a day that is signed', () => {
  const signs = async (day: string) => {
    await o.closes(day);
    return o.seconds(day);
  };
  const owes = async (day: string) => (await o.day(day)).owed.map(({ duty }: { duty: string }) => duty);

  it('shows what was signed and what is different since, is owed anew, and signed anew by two', async () => {
    await o.takes(1_000, 'cash');
    await signs(DAY_2);
    await o.takes(500, 'cash');
    await o.settles();
    const day = await o.day(DAY_2);
    expect(day).toMatchObject({
      status: 'final',
      changed: true,
      takenFen: 1_500,
      signed: { countedFen: 1_000, second: { by: 'sun' } },
      changes: [{ method: 'cash', figure: 'taken', was: { count: 1, fen: 1_000 }, is: { count: 2, fen: 1_500 } }],
    });
    expect(await owes(DAY_2)).toEqual(['close']);
    expect(await o.list('open')).toMatchObject([{ day: DAY_2, status: 'final', changed: true }]);
    await signs(DAY_2);
    expect(await o.day(DAY_2)).toMatchObject({ status: 'final', changed: false, changes: [], owed: [] });
    await o.settles();
    expect(await o.events(DAY_2)).toEqual([
      'cashday.opened',
      'cashday.closed',
      'cashday.countersigned',
      'cashday.changed',
      'cashday.closed',
      'cashday.countersigned',
    ]);
  });

  it('says who may do what with it, before they do', async () => {
    const actions = async (who: string) =>
      Object.fromEntries(
        (await o.day(DAY_2, who)).actions.map((one: { do: string; may: boolean; why?: string }) => [
          one.do,
          one.why ?? one.may,
        ]),
      );
    await o.takes(1_000, 'cash');
    expect(await actions('li')).toEqual({
      close: true,
      countersign: 'request.forbidden',
      reopen: 'request.forbidden',
      'reopen/decide': 'request.forbidden',
    });
    expect(await actions('sun')).toMatchObject({ close: true, countersign: 'request.not-found' });
    const { body } = await o.closes(DAY_2, {}, 'sun');
    expect(body.actions).toContainEqual(expect.objectContaining({ do: 'countersign', why: 'cashday.second-person' }));
    expect(await actions('sun')).toMatchObject({ close: 'cashday.closed', reopen: true });
    expect(await actions('qian')).toMatchObject({ countersign: true });
    await o.takes(500, 'cash');
    await o.settles();
    expect(await actions('qian')).toMatchObject({ close: true, countersign: 'cashday.moved' });
  });

  const LATER = at('2026-11-04', '10:00');
  test.each<[string, () => Promise<unknown>, string]>([
    ['a late line', () => o.reads([`${DAY_1},88.00,,1.00,王五,谢谢,T9`]), 'lines.unclaimed'],
    ['a payment entered later', () => o.takes(300, 'transfer', { paidOn: DAY_1 }), 'receipts.no-line'],
    ['a claim', async () => o.claim((await o.unclaimed())[0].id, { party: 'pty_1' }), 'lines.matched'],
    ['a reversal', async () => o.reverses((await o.rows(DAY_1, 'of=receipts')).items[0].payment), 'receipts.void'],
    [
      'money set aside',
      async () =>
        o.call('qian', `POST /sites/${SITE}/remittances/${(await o.unclaimed())[0].id}/set-aside`, { words: '利息' }),
      'lines.set-aside',
    ],
  ])('is never changed silently: %s', async (_, happens, figure) => {
    const known = await o.takes(200, 'transfer', { paidOn: DAY_1 });
    await o.reads([`${DAY_1},88.00,,1.00,王五,谢谢,T8`]);
    await o.settles();
    await o.closes(DAY_1, { explanations: [{ method: 'transfer', words: '对账单未到' }] });
    await o.seconds(DAY_1);
    const { signed } = await o.day(DAY_1);
    o.w.now = LATER;
    await happens();
    await o.settles();
    const day = await o.day(DAY_1);
    expect(day.signed).toEqual(signed);
    expect(day.changed).toBe(true);
    expect(day.changes.map((one: { figure: string }) => one.figure)).toContain(figure);
    expect(await owes(DAY_1)).toEqual(['close']);
    expect(known).toBeTruthy();
  });

  it('marks the rows that came after it was signed', async () => {
    await o.takes(1_000, 'cash');
    await signs(DAY_2);
    o.w.now += 60_000;
    await o.takes(500, 'cash');
    const { items } = await o.rows(DAY_2, 'of=receipts');
    expect(items.map(({ fen, since }: { fen: number; since: boolean }) => [fen, since])).toEqual([
      [1_000, false],
      [500, true],
    ]);
  });

  it('marks what was reversed or claimed after it was signed, and nothing else', async () => {
    const gone = await o.takes(200, 'transfer', { paidOn: DAY_1 });
    const found = await o.takes(300, 'transfer', { paidOn: DAY_1 });
    await o.takes(400, 'transfer', { paidOn: DAY_1 });
    await o.reads([`${DAY_1},3.00,,1.00,王五,谢谢,T9`]);
    await o.settles();
    await o.closes(DAY_1, { explanations: [{ method: 'transfer', words: '对账单未到' }] });
    o.w.now += 60_000;
    await o.reverses(gone);
    await o.claim((await o.unclaimed())[0].id, { payment: found });
    const { items } = await o.rows(DAY_1, 'of=receipts');
    expect(items.map(({ fen, as, since }: Record<string, unknown>) => [fen, as, since])).toEqual([
      [200, 'void', true],
      [300, 'matched', true],
      [400, 'no-line', false],
    ]);
  });

  it('is no other because a payment of another day is entered under the number of its line', async () => {
    await o.reads([`${DAY_1},88.00,,1.00,王五,谢谢,T9`]);
    await o.settles();
    await signs(DAY_1);
    const payment = await o.takes(100, 'transfer', { paidOn: DAY_2, reference: 'T9' });
    expect((await o.rows(DAY_1, 'of=lines')).items).toMatchObject([{ as: 'other-sum', payment }]);
    expect(await o.day(DAY_1)).toMatchObject({ changed: false, changes: [], owed: [] });
  });

  it('is not owed anew where what happened came to nothing, nor when it is told twice', async () => {
    await o.takes(1_000, 'cash');
    await signs(DAY_2);
    await o.settles();
    await o.settles();
    expect(await o.events(DAY_2)).toEqual(['cashday.opened', 'cashday.closed', 'cashday.countersigned']);
  });

  it('that is again what was signed gets its second signature, and hears of what changes after it', async () => {
    await o.reads([`${DAY_1},88.00,,1.00,王五,谢谢,T9`]);
    await o.settles();
    await o.closes(DAY_1);
    const [{ id }] = await o.unclaimed();
    const does = (name: string, body: object) =>
      o.call('qian', `POST /sites/${SITE}/remittances/${id}/${name}`, body, name);
    await does('split', { parts: [{ fen: 8_000 }, { fen: 800 }] });
    await o.settles();
    await does('join', {});
    await o.settles();
    expect(await o.seconds(DAY_1)).toMatchObject({ status: 200, body: { status: 'final' } });
    expect(await o.list('final')).toMatchObject([{ day: DAY_1, changed: false }]);
    await o.takes(300, 'transfer', { paidOn: DAY_1 });
    expect(await o.list('open')).toContainEqual(expect.objectContaining({ day: DAY_1, changed: true }));
    expect(await owes(DAY_1)).toEqual(['close']);
  });

  it('hears of a late line only once the index has it: until then it is told again', async () => {
    await o.takes(1_000, 'transfer', { paidOn: DAY_1 });
    await o.closes(DAY_1, { explanations: [{ method: 'transfer', words: '对账单未到' }] });
    await o.seconds(DAY_1);
    await o.reads([`${DAY_1},88.00,,1.00,王五,谢谢,T9`]);
    const [{ id }] = await o.unclaimed();
    const { remittances } = o;
    const lags = Object.assign(Object.create(remittances.doc), {
      send: async (asked: { input: { IndexName?: string } }) =>
        asked.input.IndexName === undefined ? remittances.doc.send(asked as never) : { Items: [] },
    });
    const [told] = await remittances.whole(SITE, id);
    const days = { ...o.hearing, remittances: { ...remittances, doc: lags } };
    const late = { ...days, moved: (of: Parameters<typeof moneyMoved>[1]) => moneyMoved(days, of) };
    await expect(onRemittance.handle(told as never, late)).rejects.toThrow(id);
    expect(await owes(DAY_1)).toEqual([]);
    await onRemittance.handle(told as never, o.hearing);
    expect(await owes(DAY_1)).toEqual(['close']);
  });

  it('of more than one person may reopen is opened again by two', async () => {
    await o.takes(50_001, 'cash');
    await signs(DAY_2);
    const asked = await o.post('qian', DAY_2, 'reopen', { words: '现金点错' });
    expect(asked.body).toMatchObject({ status: 'final', asked: { by: 'qian' }, owed: [{ duty: 'reopen' }] });
    expect((await o.post('sun', DAY_2, 'reopen', { words: '再说一次' })).body.code).toBe('cashday.reopen-asked');
    const decides = (who: string, agree: boolean) => o.post(who, DAY_2, 'reopen/decide', { agree, words: '看过' });
    expect((await decides('qian', true)).status).toBe(403);
    expect((await decides('sun', false)).body).toMatchObject({ status: 'final', owed: [] });
    expect((await decides('sun', true)).status).toBe(404);
    await o.post('sun', DAY_2, 'reopen', { words: '现金点错' });
    expect((await decides('sun', true)).body.code).toBe('account.second-person');
    expect((await decides('zhou', true)).body).toMatchObject({ status: 'reopened', owed: [{ duty: 'close' }] });
    await signs(DAY_2);
    expect((await o.day(DAY_2)).status).toBe('final');
    expect((await o.events(DAY_2)).slice(3)).toEqual([
      'cashday.reopen-asked',
      'cashday.reopen-refused',
      'cashday.reopen-asked',
      'cashday.reopened',
      'cashday.closed',
      'cashday.countersigned',
    ]);
  });

  it('with much cash short or over is countersigned by who decides on waivers', async () => {
    await o.takes(60_000, 'cash');
    const explanations = [{ method: 'cash', words: '少收' }];
    await o.closes(DAY_2, { countedFen: 9_999, explanations });
    expect((await o.seconds(DAY_2, 'qian')).body.code).toBe('cashday.decider');
    expect((await o.seconds(DAY_2, 'sun')).body.status).toBe('final');
  });

  it('by somebody who signs in as another since has no first signature', async () => {
    await o.takes(1_000, 'cash');
    await o.closes(DAY_2);
    o.w.now += 1;
    await o.w.publish({ ...staffKey('li'), staff: 'li', sites: [SITE], signInSince: o.w.now });
    expect((await o.seconds(DAY_2)).body.code).toBe('cashday.closed-as-another');
    await o.post('qian', DAY_2, 'reopen', { words: '账号已更换' });
    await o.closes(DAY_2, {}, 'qian');
    expect((await o.seconds(DAY_2)).body.status).toBe('final');
  });

  it('is reopened with a reason by who may, and what was signed stays in its history', async () => {
    await o.takes(1_000, 'cash');
    await signs(DAY_2);
    expect((await o.post('li', DAY_2, 'reopen', { words: '点错' })).status).toBe(403);
    const open = await o.post('qian', DAY_2, 'reopen', { words: '现金点错' });
    expect(open.body).toMatchObject({ status: 'reopened', owed: [{ duty: 'close' }], signed: { by: 'li' } });
    await signs(DAY_2);
    const { history } = (await o.get(DAY_2, '/history')).body;
    expect(history.find(({ event }: { event: string }) => event === 'cashday.reopened').data).toEqual({
      words: '现金点错',
    });
    expect((await o.day(DAY_2)).status).toBe('final');
  });
});
