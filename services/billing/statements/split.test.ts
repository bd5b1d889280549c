import { beforeEach, describe, expect, it } from 'vitest';
import { SITE } from '../../../shared/testing/site.ts';
import { say } from '../../../shared/text/catalogue.ts';
import { at, bill } from '../accounts/testing.ts';
import { DAY_1, till } from '../cash-days/testing.ts';

let o: Awaited<ReturnType<typeof till>>;
/** 300.00 of which pty_1 pays 253.99 for a flat; pty_2 owes 40.00 elsewhere; the rest is nobody's fee. */
let line: string;
const FEN = 30_000;
const PARTS = [{ fen: 25_399 }, { fen: 4_000 }, { fen: 601 }];
const does = (id: string, name: string, body: object, key?: string) =>
  o.call('qian', `POST /sites/${SITE}/remittances/${id}/${name}`, body, key);
const channel = async () =>
  (await o.day(DAY_1)).methods.find(({ method }: { method: string }) => method === 'transfer');
const finished = async () => (await o.call('qian', `GET /sites/${SITE}/remittances?state=finished`)).body.items;
const openOf = async () => (await o.w.accounts.head(SITE, o.w.idOf(3, 2))).state?.debts ?? [];

beforeEach(async () => {
  o = await till();
  await o.w.charges(3, [bill(4_000)], 2);
  await o.reads([`${DAY_1},300.00,,1.00,张三,8-2-101等两户,T001`]);
  [{ id: line }] = await o.unclaimed();
});

describe('money of several', () => {
  it('is split to the fen, and each part is booked once, claimed by its own payer or set aside', async () => {
    const { status, body } = await does(line, 'split', { parts: PARTS }, 'once');
    expect([status, body.items.length]).toEqual([200, 3]);
    expect((await does(line, 'split', { parts: PARTS }, 'once')).body.items).toMatchObject(PARTS);
    const [first, second, third] = body.items.map(({ id }: { id: string }) => id);
    expect(body.items[0]).toMatchObject({ part: line, proposals: [{ party: 'pty_1', signs: ['room', 'sum'] }] });
    expect(body.items[1]).toMatchObject({ owed: [{ duty: 'claim', department: 'finance' }] });
    expect((await o.claim(first, { party: 'pty_1', designated: [{ account: o.w.idOf(1) }] })).body.status).toBe(
      'claimed',
    );
    expect((await o.claim(second, { party: 'pty_2' })).body.status).toBe('claimed');
    expect((await does(third, 'set-aside', { words: '给别的小区的' })).body.status).toBe('set-aside');
    expect((await o.claim(second, { party: 'pty_2' })).status).toBe(422);
    expect([await o.open(1), await openOf()]).toEqual([0, []]);
    expect((await o.w.head(1)).creditFen).toBe(0);
    expect((await finished()).find(({ id }: { id: string }) => id === line)).toMatchObject({
      status: 'split',
      parts: [first, second, third],
      owed: [],
    });
  });

  it.each([
    [{ parts: [{ fen: 25_399 }, { fen: 4_000 }] }, 'body.parts', '300.00'],
    [{ parts: [{ fen: FEN }, { fen: 1 }] }, 'body.parts', '300.00'],
    [{ parts: [{ fen: FEN }] }, 'body.parts', ''],
    [{ parts: [{ fen: FEN }, { fen: 0 }] }, 'body.parts.1.fen', ''],
    [{ parts: [{ fen: FEN + 5 }, { fen: -5 }] }, 'body.parts.1.fen', ''],
  ])('is refused in parts that are not it: %j', async (body, field, says) => {
    const refused = await does(line, 'split', body);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field, rule: expect.stringContaining(says) }] } });
    expect(await o.unclaimed()).toMatchObject([{ id: line, status: 'unclaimed' }]);
    expect(say('field.parts-sum', 'zh-CN', { fen: FEN })).toContain('300.00');
  });

  it('is split by one of two at once, never while it is claimed, and a part is no line to be split', async () => {
    const both = await Promise.all([does(line, 'split', { parts: PARTS }), o.claim(line, { party: 'pty_1' })]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    if (both[0].status !== 200) return;
    const [part] = both[0].body.items;
    const again = await does(part.id, 'split', { parts: [{ fen: 25_000 }, { fen: 399 }] });
    expect(again).toMatchObject({ status: 422, body: { code: 'remittance.part' } });
  });

  it('is whole again, and split anew, while no part is claimed; its parts then stand for nothing', async () => {
    const { items } = (await does(line, 'split', { parts: PARTS })).body;
    await does(items[2].id, 'set-aside', { words: 'x' });
    expect((await does(line, 'join', {})).body).toMatchObject({
      status: 'reopened',
      fen: FEN,
      owed: [{ duty: 'claim' }],
    });
    expect((await o.claim(items[0].id, { party: 'pty_1' })).status).toBe(422);
    const anew = (await does(line, 'split', { parts: [{ fen: 29_399 }, { fen: 601 }] })).body.items;
    expect(anew.map(({ id }: { id: string }) => id)).not.toContain(items[0].id);
    await o.claim(anew[0].id, { party: 'pty_1' });
    expect(await does(line, 'join', {})).toMatchObject({ status: 422, body: { code: 'remittance.not-now' } });
  });

  it('stays one sum in its cash day, and the file read again tells of nothing new', async () => {
    const { items } = (await does(line, 'split', { parts: PARTS })).body;
    await o.claim(items[0].id, { party: 'pty_1', designated: [{ account: o.w.idOf(1) }] });
    await does(items[2].id, 'set-aside', { words: 'x' });
    await o.settles();
    expect((await channel()).statement).toMatchObject({
      fen: FEN,
      lines: [
        { as: 'matched', fen: 25_399 },
        { as: 'unclaimed', fen: 4_000 },
        { as: 'set-aside', fen: 601 },
      ],
    });
    expect((await o.reads([`${DAY_1},300.00,,1.00,张三,8-2-101等两户,T001`])).body).toMatchObject({ fresh: 0 });
    expect(await o.unclaimed()).toHaveLength(1);
  });
});

describe('a line that was split', () => {
  it('counts as booked once all its parts are decided', async () => {
    const file = [`${DAY_1},300.00,,1.00,张三,8-2-101等两户,T001`];
    const { items } = (await does(line, 'split', { parts: PARTS })).body;
    expect((await o.reads(file)).body).toMatchObject({ lines: 1, booked: 0, unclaimed: 1 });
    for (const { id } of items) await does(id, 'set-aside', { words: 'x' });
    expect((await o.reads(file)).body).toMatchObject({ lines: 1, booked: 1, unclaimed: 0 });
  });

  it.each(['split', 'join'])(
    'and joined, or split anew, while somebody is at it is looked at again: %s',
    async (name) => {
      if (name === 'join') await does(line, 'split', { parts: PARTS });
      const { head } = o.remittances;
      o.remittances.head = async (...of) => {
        o.remittances.head = head;
        const before = await head(...of);
        if (name === 'split') await does(line, 'split', { parts: PARTS });
        await does(line, 'join', {});
        if (name === 'join') await does(line, 'split', { parts: PARTS });
        return before;
      };
      expect(await does(line, name, name === 'split' ? { parts: PARTS } : {})).toMatchObject({
        status: 409,
        body: { code: 'request.overtaken' },
      });
      expect((await o.unclaimed()).filter(({ id }: { id: string }) => /-p[456]$/.test(id))).toHaveLength(
        name === 'split' ? 0 : 3,
      );
    },
  );

  it('asks nobody of the room that it names but for the part whose sum it is', async () => {
    const { items } = (await does(line, 'split', { parts: PARTS })).body;
    await o.settles();
    expect((await o.w.head(1)).unclaimed).toEqual([items[0].id]);
    await o.claim(items[0].id, { party: 'pty_1' });
    await o.settles();
    expect((await o.w.head(1)).unclaimed).toBeUndefined();
  });
});

describe('what a statement says of the day', () => {
  it.each([
    ['longer ago than one may say', '2027-03-15'],
    ['with more of late charges than one may take away alone', '2027-01-20'],
  ])('is nobody’s word: a line is claimed by one person, %s', async (_, day) => {
    await o.w.setPolicy({ backdateLateFen: 100, lateChargePerMillion: 400 });
    await o.w.charges(5, [bill(50_000_000)]);
    o.w.now = at(day, '09:00');
    const claimed = await o.claim(line, { party: 'pty_1', designated: [{ account: o.w.idOf(5) }] });
    expect(claimed).toMatchObject({ status: 200, body: { status: 'claimed', paidOn: DAY_1 } });
  });
});

describe('a claim that was a mistake', () => {
  const reverse = async (payment: string) => {
    await o.reverses(payment);
    await o.settles();
  };

  it('is undone by reversing its payment: the money is without a name again, owed, and claimed anew as another payment', async () => {
    const { payment } = (await o.claim(line, { party: 'pty_1' })).body;
    await o.settles();
    await reverse(payment);
    expect(await o.unclaimed()).toMatchObject([{ id: line, status: 'reopened', owed: [{ duty: 'claim' }] }]);
    const { receipts, statement } = await channel();
    expect([receipts, statement.lines]).toMatchObject([[{ as: 'void' }], [{ as: 'unclaimed', fen: FEN }]]);
    await o.reads([`${DAY_1},300.00,,1.00,张三,8-2-101等两户,T001`]);
    const again = await o.claim(line, { party: 'pty_2' });
    expect(again).toMatchObject({ status: 200, body: { status: 'claimed', party: 'pty_2' } });
    expect(again.body.payment).not.toBe(payment);
    await reverse(payment);
    expect(await o.unclaimed()).toEqual([]);
  });

  it('is not booked alone a second time, however often its file is read', async () => {
    const file = [`${DAY_1},253.99,,1.00,张三,8-2-101,T002`];
    await o.reads(file);
    const { id, payment } = (await finished()).find(({ rule }: { rule?: string }) => rule === 'room-and-sum');
    await o.settles();
    await reverse(payment);
    await o.reads(file);
    expect((await o.unclaimed()).map((one: { id: string }) => one.id)).toContain(id);
    expect(await o.open(1)).toBe(25_399);
  });
});
