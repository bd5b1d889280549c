import { beforeEach, describe, expect, it } from 'vitest';
import { wakeUp } from '../../../shared/journal/execute.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { say } from '../../../shared/text/catalogue.ts';
import { at } from '../accounts/testing.ts';
import { cashDayId } from './cash-day.ts';
import { DAY_1, DAY_2, till } from './testing.ts';

let o: Awaited<ReturnType<typeof till>>;
beforeEach(async () => {
  o = await till();
});
const channel = (day: { methods: { method: string }[] }, name: string) =>
  day.methods.find(({ method }) => method === name) as never as Record<string, unknown>;
const NONE = { count: 0, fen: 0 };

describe('a cash day by channel', () => {
  it('counts cash by the day it was taken, the others by the day of the money, as their statements do', async () => {
    await o.takes(100, 'cash', { paidOn: DAY_1 });
    await o.takes(200, 'wechat', { paidOn: DAY_1 });
    await o.takes(300, 'pos');
    const [before, today] = [await o.day(DAY_1), await o.day(DAY_2)];
    expect(channel(before, 'cash')).toMatchObject(NONE);
    expect(channel(before, 'wechat')).toMatchObject({ count: 1, fen: 200 });
    expect(channel(today, 'wechat')).toMatchObject(NONE);
    expect(today).toMatchObject({ takenFen: 400, tillFen: 100, receipts: 3, first: '2026-000001' });
    expect(before).toMatchObject({ takenFen: 200, receipts: 0 });
    expect((await o.rows(DAY_1, 'of=receipts')).items).toMatchObject([{ kind: 'paid', fen: 200 }]);
  });

  it('says what is in the receipts and in the statements, what is in one alone, and what differs', async () => {
    const both = await o.takes(1_000, 'transfer', { paidOn: DAY_1, reference: 'T1' });
    await o.takes(2_000, 'transfer', { paidOn: DAY_1 });
    const less = await o.takes(3_000, 'transfer', { paidOn: DAY_1, reference: 'T3' });
    const late = await o.takes(4_000, 'transfer', { paidOn: DAY_2, reference: 'T4' });
    const gone = await o.takes(5_000, 'transfer', { paidOn: DAY_1 });
    await o.reads([
      `${DAY_1},10.00,,1.00,张三,谢谢,T1`,
      `${DAY_1},31.00,,1.00,张三,谢谢,T3`,
      `${DAY_1},40.00,,1.00,张三,谢谢,T4`,
      `${DAY_1},60.00,,1.00,王五,谢谢,T5`,
    ]);
    await o.reverses(gone);
    await o.settles();
    const day = await o.day(DAY_1);
    expect(channel(day, 'transfer')).toEqual({
      method: 'transfer',
      count: 4,
      fen: 11_000,
      reversed: NONE,
      refunded: NONE,
      receipts: [
        { as: 'matched', count: 1, fen: 1_000 },
        { as: 'no-line', count: 2, fen: 5_000 },
        { as: 'void', count: 1, fen: 5_000 },
      ],
      statement: {
        count: 4,
        fen: 14_100,
        lines: [
          { as: 'matched', count: 1, fen: 1_000 },
          { as: 'unclaimed', count: 1, fen: 6_000 },
          { as: 'other-sum', count: 1, fen: 3_100 },
          { as: 'other-day', count: 1, fen: 4_000 },
        ],
      },
    });
    expect(day.unclaimed).toEqual({ count: 2, fen: 9_100 });
    const lines = (await o.rows(DAY_1, 'of=lines')).items;
    expect(lines.map(({ as, payment }: Record<string, string>) => [as, payment])).toEqual(
      expect.arrayContaining([
        ['matched', both],
        ['other-sum', less],
        ['other-day', late],
        ['unclaimed', undefined],
      ]),
    );
    expect((await o.rows(DAY_2, 'of=receipts&gaps=true')).items).toMatchObject([{ as: 'other-day', payment: late }]);
    expect(channel(await o.day(DAY_2), 'transfer')).toMatchObject({ reversed: { count: 1, fen: 5_000 } });
  });

  it('is paged, also where only the gaps are asked for, and a page goes on behind a row of that day alone', async () => {
    for (let i = 0; i < 5; i++) await o.takes(100 + i, 'transfer', { paidOn: DAY_1, reference: `R${i}` });
    await o.reads(Array.from({ length: 5 }, (_, i) => `${DAY_1},1.0${i},,1.00,张三,谢谢,${i < 3 ? 'R' : 'N'}${i}`));
    await o.settles();
    for (const [query, count] of [
      ['of=receipts', 5],
      ['of=receipts&gaps=true', 2],
      ['of=lines', 5],
      ['of=lines&gaps=true', 2],
    ] as const) {
      const found: string[] = [];
      for (let after: string | undefined = ''; after !== undefined; ) {
        const page = await o.rows(DAY_1, `${query}&limit=2${after && `&after=${encodeURIComponent(after)}`}`);
        expect(page.items.length).toBeLessThanOrEqual(2);
        found.push(...page.items.map(({ of }: { of: string }) => of));
        after = page.next;
      }
      expect(new Set(found).size, query).toBe(found.length);
      expect(found, query).toHaveLength(count);
    }
    const { next } = await o.rows(DAY_1, 'of=lines&limit=1');
    expect(await o.get(DAY_2, `/rows?of=lines&after=${next}`)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'query.after' }] },
    });
  });

  it('is owed by finance from the first receipt, or line of a statement, until the end of the next working day', async () => {
    expect(await o.list('open')).toEqual([]);
    await o.takes(100, 'cash');
    await o.reads([`${DAY_1},88.00,,1.00,王五,谢谢,T5`]);
    await o.settles();
    const owed = [{ duty: 'close', role: 'department-head', department: 'finance' }];
    expect(await o.list('open')).toMatchObject([
      { day: DAY_2, status: 'open', owed: [{ ...owed[0], due: '2026-11-03T16:00:00.000Z' }] },
      { day: DAY_1, status: 'open', owed },
    ]);
    await wakeUp(o.hearing.cashDays, { site: SITE, id: cashDayId(DAY_2), now: at('2026-11-04', '00:01') });
    expect(await o.events(DAY_2)).toEqual(['cashday.opened', 'cashday.missed']);
    expect(say('duty.cashday.close', 'zh-CN')).toContain('日结');
  });
});

describe('closing a day', () => {
  beforeEach(async () => {
    await o.takes(1_000, 'cash');
    await o.takes(2_000, 'wechat', { reference: 'W1' });
    await o.reads(
      [`${DAY_2} 08:00:00,W1,1,张三,收入,¥20.00,支付成功`, `${DAY_2} 08:01:00,W2,1,李四,收入,¥5.00,支付成功`],
      '交易时间,交易单号,商户单号,交易对方,收/支,金额(元),当前状态',
    );
    await o.settles();
  });

  it('is a signature under what it comes to, and final with a second one, of another person', async () => {
    const closed = await o.closes(DAY_2);
    expect(closed).toMatchObject({
      status: 200,
      body: {
        status: 'closed',
        changed: false,
        owed: [{ duty: 'countersign', role: 'centre-manager' }],
        signed: { by: 'li', countedFen: 1_000, differenceFen: 0, unclaimed: { count: 1, fen: 500 } },
      },
    });
    expect(await o.seconds(DAY_2)).toMatchObject({
      status: 200,
      body: { status: 'final', owed: [], signed: { by: 'li', second: { by: 'sun' } } },
    });
    expect(await o.list('final')).toMatchObject([{ day: DAY_2, closed: { by: 'li' }, second: { by: 'sun' } }]);
    const { history } = (await o.get(DAY_2, '/history')).body;
    expect(history.map(({ event, by }: Record<string, string>) => [event, by])).toEqual([
      ['cashday.opened', 'li'],
      ['cashday.closed', 'li'],
      ['cashday.countersigned', 'sun'],
    ]);
  });

  it('is never signed twice by one person, whatever positions they hold', async () => {
    await o.closes(DAY_2, {}, 'sun');
    expect(await o.seconds(DAY_2, 'sun')).toMatchObject({ status: 422, body: { code: 'cashday.second-person' } });
    expect((await o.seconds(DAY_2, 'li')).status).toBe(403);
    expect((await o.seconds(DAY_2, 'qian')).body.status).toBe('final');
  });

  it('wants a word to cash that is short or over, and to receipts that no statement knows; none to 待认领', async () => {
    const short = await o.closes(DAY_2, { countedFen: 900 });
    expect(short).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'body.explanations', rule: 'with a word to the difference of Cash' }] },
    });
    expect(say('field.explain-channel', 'zh-CN', { method: 'cash' })).toContain('现金');
    await o.takes(300, 'pos');
    const both = await o.closes(DAY_2, { countedFen: 900, explanations: [{ method: 'cash', words: '找错零' }] });
    expect(both.body.errors).toMatchObject([{ rule: 'with a word to the difference of Card (POS)' }]);
    const explanations = [
      { method: 'cash', words: '找错零' },
      { method: 'pos', words: '对账单次日到' },
    ];
    const { signed } = (await o.closes(DAY_2, { countedFen: 900, explanations })).body;
    expect(signed).toMatchObject({ differenceFen: -100, explanations });
    expect((await o.state(DAY_2))?.signed?.explanations).toMatchObject([{ words: { ref: expect.any(String) } }, {}]);
  });

  it('refuses what is wrong by field and rule', async () => {
    const body = { seal: '0'.repeat(32), countedFen: 1_000 };
    const twice = [1, 2].map(() => ({ method: 'cash', words: 'x' }));
    const refused = async (day: string, changes: object) =>
      (await o.post('li', day, 'close', { ...body, ...changes })).body;
    expect(await refused(DAY_2, {})).toMatchObject({ status: 409, code: 'cashday.moved' });
    expect(await refused('2026-11-03', {})).toMatchObject({
      errors: [{ field: 'path.day', rule: 'not in the future' }],
    });
    expect(await refused(DAY_2, { seal: 'x' })).toMatchObject({ errors: [{ field: 'body.seal' }] });
    expect(await refused(DAY_2, { countedFen: -1 })).toMatchObject({ errors: [{ field: 'body.countedFen' }] });
    expect(await refused(DAY_2, { countedFen: 0.5 })).toMatchObject({ errors: [{ field: 'body.countedFen' }] });
    expect(await refused(DAY_2, { explanations: twice })).toMatchObject({
      errors: [{ field: 'body.explanations', rule: 'none twice' }],
    });
    expect(await o.seconds(DAY_2)).toMatchObject({ status: 404 });
    expect((await o.post('sun', DAY_2, 'reopen', { words: 'x' })).body.code).toBe('cashday.not-signed');
  });

  it('is done once: under its key for good, by one of two at once, and not again while nothing has changed', async () => {
    const first = await o.closes(DAY_2, {}, 'li', 'once');
    const { seal } = first.body;
    const again = await o.post('li', DAY_2, 'close', { seal, countedFen: 1_000 }, 'once');
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(await o.closes(DAY_2, {}, 'qian')).toMatchObject({ status: 422, body: { code: 'cashday.closed' } });
    const seconds = await Promise.all([o.seconds(DAY_2, 'sun'), o.seconds(DAY_2, 'qian'), o.seconds(DAY_2, 'zhou')]);
    expect(seconds.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await o.events(DAY_2)).toEqual(['cashday.opened', 'cashday.closed', 'cashday.countersigned']);
  });

  it('waits for the receipt of what has just been claimed', async () => {
    const [{ id }] = await o.unclaimed();
    await o.claim(id, { party: 'pty_1' });
    expect(await o.closes(DAY_2)).toMatchObject({ status: 422, body: { code: 'cashday.being-booked' } });
    await o.settles();
    expect((await o.closes(DAY_2)).body.status).toBe('closed');
  });

  it('a second time says no id of who closed it', async () => {
    await o.closes(DAY_2);
    const { body } = await o.closes(DAY_2);
    expect(body.code).toBe('cashday.closed');
    expect(body.details).toMatchObject({ command: 'close', status: 'closed' });
    expect(say('cashday.closed', 'zh-CN', { by: 'stf_1' })).not.toContain('stf_1');
  });

  it('by two people at once is closed by one', async () => {
    const both = await Promise.all([o.closes(DAY_2, {}, 'li'), o.closes(DAY_2, {}, 'qian')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  it('signs what was seen: while money arrives, whoever signs looks again', async () => {
    const { seal } = await o.day(DAY_2);
    await o.takes(700, 'cash');
    const body = { seal, countedFen: 1_000 };
    expect(await o.post('li', DAY_2, 'close', body)).toMatchObject({ status: 409, body: { code: 'cashday.moved' } });
    await o.closes(DAY_2);
    const before = (await o.day(DAY_2)).seal;
    await o.takes(800, 'cash');
    expect(await o.post('sun', DAY_2, 'countersign', { seal: before })).toMatchObject({ status: 409 });
  });

  it('hears of a receipt written between what was shown and the signature', async () => {
    const { seal } = await o.day(DAY_2);
    const { cashDays } = o.hearing;
    const { headAndKey } = cashDays;
    // Written while the signature is under way: it is in no figure that was read, and the writer found the day open.
    cashDays.headAndKey = async (...of) => {
      cashDays.headAndKey = headAndKey;
      await o.takes(700, 'cash');
      return headAndKey(...of);
    };
    const closed = await o.post('li', DAY_2, 'close', { seal, countedFen: 1_000 });
    expect(closed.body).toMatchObject({ changed: true, changes: [{ method: 'cash', is: { fen: 1_700 } }] });
    expect(await o.events(DAY_2)).toEqual(['cashday.opened', 'cashday.closed', 'cashday.changed']);
  });
});
