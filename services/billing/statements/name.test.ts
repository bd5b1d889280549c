import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { payerKey } from '../../../shared/directory/payer.ts';
import { unitIdKey } from '../../../shared/directory/units.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { bill } from '../accounts/testing.ts';
import { namesSaid } from './name.ts';
import { probable } from './remittance.ts';
import { office } from './testing.ts';

let o: Awaited<ReturnType<typeof office>>;
/** Somebody who pays at the site, by their name. */
const pays = async (party: number, name: string) => {
  const ref = `txt_n${party}`;
  const card = { party: `pty_${party}`, name: { ref, hash: 'h' }, emails: [], phones: [] };
  await o.w.publish({ ...payerKey(SITE, `pty_${party}`), ...card });
  const text = { pk: `${SITE}#${ref}`, sk: 'text', kind: 'name', value: name, hash: 'h' };
  await o.w.doc.send(new PutCommand({ TableName: 'personal', Item: text }));
};
const proposals = async (line: string) => {
  await o.reads([`2026-11-01,${line}`]);
  const [{ proposals: all }] = await o.unclaimed();
  return all.map(({ name: _, place: __, ...one }: { name?: string; place?: string }) => one);
};

beforeEach(async () => {
  o = await office();
  await o.w.charges(3, [bill(4_000)], 2);
  await o.w.charges(4, [bill(5_000)], 3);
  await pays(1, '张三');
  await pays(2, '李四');
  await pays(3, '欧阳 娜娜');
});

describe('a line with the name of one payer of the site, and another sum than they owe', () => {
  it.each([
    ['who paid', '100.00,,1.00,李四,谢谢,N1', 'pty_2'],
    ['the remark', '100.00,,1.00,王五,李四物业费,N1', 'pty_2'],
    ['the remark among other words', '100.00,,1.00,,代李四交2026年11月物业管理费,N1', 'pty_2'],
    ['a name written otherwise', '100.00,,1.00,欧阳娜娜,谢谢,N1', 'pty_3'],
  ])('is proposed by that name, said by %s, and never booked alone', async (_, line, party) => {
    expect(await proposals(line)).toEqual([{ party, signs: ['name'] }]);
    expect(await o.open(1)).toBe(25_399);
    expect(probable({ proposals: await proposals(line) })).toEqual([]);
  });

  it.each([
    ['two payers have', '100.00,,1.00,李四,谢谢,N1', async () => pays(3, '李四')],
    ['is part of a longer one', '100.00,,1.00,李四光,谢谢,N1', async () => {}],
    ['nobody has', '100.00,,1.00,赵六,谢谢,N1', async () => {}],
  ])('says nothing where it is one that %s', async (_, line, happens) => {
    await happens();
    expect(await proposals(line)).toEqual([]);
  });

  it('is weaker than a room, a number or the exact sum beside the name, and surer than a sum alone', async () => {
    expect(await proposals('100.00,,1.00,李四,8-2-101,N1')).toEqual([
      { party: 'pty_1', account: o.w.idOf(1), signs: ['room'] },
      { party: 'pty_2', signs: ['name'] },
    ]);
    o = await office();
    await pays(1, '张三');
    await pays(2, '李四');
    await o.w.charges(3, [bill(4_000)], 2);
    expect(await proposals('253.99,,1.00,李四,谢谢,N2')).toEqual([
      { party: 'pty_2', signs: ['name'] },
      { party: 'pty_1', account: o.w.idOf(1), signs: ['sum'] },
    ]);
  });

  it('with the exact sum is probably theirs, by the remark as by who paid', async () => {
    const [first] = await proposals('40.00,,1.00,王五,李四物业费,N1');
    expect(first).toEqual({ party: 'pty_2', account: o.w.idOf(3, 2), signs: ['sum', 'name'] });
    expect((await o.unclaimed())[0].status).toBe('unclaimed');
  });
});

it('proposes who a person knows, by their name and room', async () => {
  const unit = { building: '8', number: '201', kind: 'flat', unit: 'unt_3', payers: [{ party: 'pty_2' }] };
  await o.w.publish({ ...unitIdKey(SITE, 'unt_3'), ...unit });
  await o.reads(['2026-11-01,40.00,,1.00,李四,谢谢,N1']);
  expect((await o.unclaimed())[0].proposals).toEqual([
    { party: 'pty_2', account: o.w.idOf(3, 2), signs: ['sum', 'name'], name: '李四', place: '8幢201室' },
  ]);
});

test.each([
  ['张三物业费', ['张三物业费', '张三']],
  ['代张三交11月物业费', ['代张三交11月物业费', '代张三交', '张三交', '代张三', '张三']],
  ['代李四', ['代李四', '李四']],
  ['8-2-101 张三/李四', ['8-2-101张三/李四', '张三', '李四']],
  ['', []],
])('the remark %s says the names %j', (remark, names) => {
  expect([...namesSaid({ name: '', remark })]).toEqual(names);
});

test.each([
  ['付强物业费', '付强'],
  ['王为民物业费', '王为民'],
  ['代某水电费', '代某'],
  ['陈付明停车费', '陈付明'],
  ['付丽华', '付丽华'],
  ['付丽华交水电费', '付丽华'],
  ['张三给李四交物业费', '李四'],
  ['张三代缴李四11月水电费', '李四'],
  ['缴费人:李四', '李四'],
])('the remark %s says %s', (remark, name) => {
  expect([...namesSaid({ name: '', remark })]).toContain(name);
});
