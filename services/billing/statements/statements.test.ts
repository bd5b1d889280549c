import { beforeEach, describe, expect, it, test } from 'vitest';
import { wakeUp } from '../../../shared/journal/execute.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { say } from '../../../shared/text/catalogue.ts';
import { DAY } from '../../../shared/time/clock.ts';
import { at, bill } from '../accounts/testing.ts';
import { word } from '../documents/labels.ts';
import { FLAT, office } from './testing.ts';

let o: Awaited<ReturnType<typeof office>>;
beforeEach(async () => {
  o = await office();
});

describe('a line of a statement', () => {
  test('is booked alone where room and sum agree to the fen, once however often and in whatever statements it stands', async () => {
    const line = '2026-11-01 10:20:30,253.99,,1000.00,张三,物业费8-2-101,T001';
    const { body } = await o.reads([line]);
    expect(body).toMatchObject({ channel: 'transfer', lines: 1, fresh: 1, booked: 1, unclaimed: 0, faults: [] });
    expect(await o.open(1)).toBe(0);
    const again = await o.reads(['2026-11-01 09:00:00,,12.00,746.01,,手续费,T000', line]);
    expect(again.body).toMatchObject({ lines: 1, fresh: 0, booked: 1, others: 1 });
    expect((await o.w.head(1)).creditFen).toBe(0);
    const { items } = (await o.call('qian', `GET /sites/${SITE}/remittances?state=finished`)).body;
    expect(items).toMatchObject([{ status: 'claimed', rule: 'room-and-sum', party: 'pty_1', name: '张三' }]);
    const by = { fen: 25_399, method: 'transfer', reference: 't001' };
    const typed = await o.w.call('li', `POST /sites/${SITE}/accounts/${o.w.idOf(1)}/payments`, by);
    expect(typed).toMatchObject({ status: 409, body: { details: { payment: items[0].payment } } });
  });

  test('that names a letter by its number is booked alone, for all that it asked for', async () => {
    const letter = await o.w.notifies({ 1: [FLAT], 2: [bill(3_000, { item: 'parking' })] });
    const { body } = await o.reads([`2026-11-01,283.99,,1000.00,张三,${o.w.numberOf(letter)},T002`]);
    expect(body.booked).toBe(1);
    expect([await o.open(1), await o.open(2)]).toEqual([0, 0]);
  });

  test.each([
    ['a room with another sum', '2026-11-01,253.98,,1.00,张三,8-2-101,T1', ['room']],
    ['a sum and a name', '2026-11-01,253.99,,1.00,张三,物业费,T2', ['sum']],
    ['a room that is not there, and the sum', '2026-11-01,253.99,,1.00,,8-2-999,T3', ['sum']],
  ])('with %s is proposed, never booked alone', async (_, line, signs) => {
    expect((await o.reads([line])).body).toMatchObject({ booked: 0, unclaimed: 1 });
    expect(await o.unclaimed()).toMatchObject([{ status: 'unclaimed', proposals: [{ party: 'pty_1', signs }] }]);
    expect(await o.open(1)).toBe(25_399);
  });

  test('is the payment that was entered before under its number, and booked no second time', async () => {
    const by = { fen: 25_399, method: 'transfer', reference: 'T004' };
    await o.w.call('li', `POST /sites/${SITE}/accounts/${o.w.idOf(1)}/payments`, by);
    expect((await o.reads(['2026-11-01,253.99,,1.00,张三,8-2-101,T004'])).body.booked).toBe(1);
    const { items } = (await o.call('qian', `GET /sites/${SITE}/remittances?state=finished`)).body;
    expect(items).toMatchObject([{ rule: 'reference', party: 'pty_1' }]);
    expect([await o.open(1), (await o.w.head(1)).creditFen]).toEqual([0, 0]);
  });

  test('without a number is told apart from others by all it says, and two alike are two', async () => {
    const header = '日期,贷方发生额,对方户名,摘要';
    const same = '20261101,10.00,李四,水费';
    expect((await o.reads([same, same], header)).body).toMatchObject({ fresh: 2, unclaimed: 2 });
    expect((await o.reads([same, same, '20261102,10.00,李四,水费'], header)).body).toMatchObject({
      fresh: 1,
      unclaimed: 3,
    });
  });

  test('of one number with another sum is another line, as of a batch; with the same sum and other words it is said', async () => {
    const batch = ['2026-11-01,1000.00,,,王乙,,Z2', '2026-11-01,100.00,,,王庚,,Z2', '2026-11-01,100.00,,,王辛,,Z2'];
    const { body } = await o.reads(batch);
    expect(body).toMatchObject({ lines: 2, fresh: 2, unclaimed: 2, faults: [{ at: 4, why: 'number-again' }] });
    expect((await o.unclaimed()).map(({ fen }: { fen: number }) => fen).sort()).toEqual([10_000, 100_000]);
    expect((await o.reads(batch.slice(0, 2))).body).toMatchObject({ lines: 2, fresh: 0 });
  });

  test('that nobody knows is owed by finance until the end of the next working day, and heard of when it is late', async () => {
    o.w.now = at('2026-11-06', '15:00');
    await o.reads(['2026-11-06,88.00,,1.00,王五,谢谢,T005']);
    const [one] = await o.unclaimed();
    expect(one.owed).toMatchObject([
      { duty: 'claim', role: 'department-head', department: 'finance', due: '2026-11-09T16:00:00.000Z' },
    ]);
    await wakeUp(o.remittances, { site: SITE, id: one.id, now: at('2026-11-10', '00:01') });
    const names = (await o.remittances.whole(SITE, one.id)).map(({ name }) => name);
    expect(names).toEqual(['remittance.told', 'remittance.missed']);
  });
});

describe('money without a name', () => {
  beforeEach(async () => {
    await o.reads(['2026-11-01,260.00,,1.00,张三妻,谢谢,T006']);
  });

  test('is claimed once, and becomes a payment of that payer', async () => {
    const [{ id }] = await o.unclaimed();
    const claimed = await o.claim(id, { party: 'pty_1', designated: [{ account: o.w.idOf(2) }] }, 'once');
    expect(claimed).toMatchObject({ status: 200, body: { status: 'claimed', owed: [] } });
    expect((await o.claim(id, { party: 'pty_1', designated: [{ account: o.w.idOf(2) }] }, 'once')).status).toBe(200);
    expect(await o.claim(id, { party: 'pty_1' })).toMatchObject({ status: 422, body: { code: 'remittance.not-now' } });
    expect([await o.open(1), await o.open(2)]).toEqual([25_399 + 3_000 - 26_000, 0]);
    expect(await o.unclaimed()).toEqual([]);
  });

  test('claimed by two at once is one payment', async () => {
    const [{ id }] = await o.unclaimed();
    const both = await Promise.all([o.claim(id, { party: 'pty_1' }), o.claim(id, { party: 'pty_1' })]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await o.open(1)) + (await o.open(2))).toBe(28_399 - 26_000);
  });

  test('set aside with words owes nothing, and can still be claimed', async () => {
    const [{ id }] = await o.unclaimed();
    const aside = await o.call('qian', `POST /sites/${SITE}/remittances/${id}/set-aside`, { words: '银行利息' });
    expect(aside.body).toMatchObject({ status: 'set-aside', owed: [] });
    o.w.now += DAY;
    expect((await o.claim(id, { party: 'pty_1' })).body.status).toBe('claimed');
  });
});

test.each([
  [
    'wechat',
    '交易时间,交易单号,商户单号,交易对方,收/支,金额(元),当前状态',
    [
      '2026-11-01 08:00:00,4200,1,张三,收入,¥10.00,支付成功',
      '2026-11-01 08:01:00,4201,1,张三,收入,¥10.00,已全额退款',
      '2026-11-01 08:02:00,4202,1,x,支出,¥3.00,支付成功',
    ],
  ],
  [
    'alipay',
    '支付宝交易号,商家订单号,入账时间,收入（+元）,支出（-元）,备注',
    ['20261101001,a,2026-11-01 08:00,10.00,,8-2-101', '20261101002,b,2026-11-01 08:01,,-3.00,', ',,合计,10.00,-3.00,'],
  ],
  [
    'pos',
    '终端号,交易日期,参考号,卡号,交易金额',
    ['001,20261101,1234567890,6222****1234,10.00', '001,20261101,1234567891,6222****1234,-10.00'],
  ],
])('a statement of %s is read by its columns', async (channel, header, rows) => {
  const { body } = await o.reads(rows, header);
  expect(body).toMatchObject({ channel, lines: 1, unclaimed: 1, others: rows.length - 1, faults: [] });
  expect(await o.unclaimed()).toMatchObject([{ channel, fen: 1_000, paidOn: '2026-11-01' }]);
});

test('a line of a day on which no payment can have come is reported, and nobody owes an answer to it', async () => {
  const { body } = await o.reads(['0206-01-01,5.00,收,1', '2099-01-01,5.00,收,1'], '日期,金额,收/支,余额');
  expect(body).toMatchObject({
    lines: 0,
    faults: [
      {
        at: 2,
        why: 'day-too-far',
        message: expect.stringMatching(/^Line 2: its day is not from 2026-\d\d-\d\d to 2026-/),
      },
      { at: 3, why: 'day-too-far' },
    ],
  });
  expect(await o.unclaimed()).toEqual([]);
});

test('lines that say no day, no amount or no way are reported by their number; a file without such columns is refused', async () => {
  const header = '日期,金额,收/支,余额';
  const { body } = await o.reads(['昨天,1.00,收,1', '2026-11-01,一元,收,1', '2026-11-01,1.00,也许,1'], header);
  expect(body.faults).toEqual([
    { at: 2, why: 'day', message: 'Line 2: no day can be read' },
    { at: 3, why: 'amount', message: 'Line 3: no amount can be read' },
    { at: 4, why: 'direction', message: 'Line 4: it does not say whether money came or went' },
  ]);
  expect(await o.reads(['1,2'], '甲,乙')).toMatchObject({ status: 400, body: { code: 'statement.columns' } });
});

describe('whose statement it is', () => {
  const WECHAT = '交易时间,微信支付单号,交易对方,收支,金额';
  const row = '2026-11-01,4200,张三,收入,10.00';
  it.each([
    [WECHAT, row, 'transfer', 'wechat'],
    [WECHAT, row, 'pos', 'wechat'],
    ['支付宝交易号,入账时间,收入,备注', '1,2026-11-01,10.00,8-2-101', 'wechat', 'alipay'],
    ['终端号,交易日期,参考号,交易金额', '1,20261101,12,10.00', 'transfer', 'pos'],
  ])('told otherwise than its columns %s say is refused, and nothing is read', async (header, line, told, is) => {
    expect(await o.reads([line], header, told)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'body.channel', rule: expect.stringContaining(word('method', is, 'en')) }] },
    });
    expect(await o.unclaimed()).toEqual([]);
    expect(say('field.other-channel', 'zh-CN', { method: is })).toContain(word('method', is, 'zh-CN'));
  });

  it.each([
    [WECHAT, row, 'wechat'],
    ['交易日期,参考号,收入金额,摘要', '20261101,12,10.00,x', 'transfer'],
    ['日期,收入,余额', '2026-11-01,10.00,1.00', 'alipay'],
  ])('may be told where its columns %s leave it open, or say the same', async (header, line, told) => {
    expect((await o.reads([line], header, told)).body).toMatchObject({ channel: told, lines: 1 });
  });
});
