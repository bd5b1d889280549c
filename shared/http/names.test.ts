import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { defineTable } from '../aws/table.ts';
import { payerKey } from '../directory/payer.ts';
import { unitIdKey } from '../directory/units.ts';
import { reachKey } from '../people/access.ts';
import { forgetText, personalItem, personalText, refOf } from '../people/personal.ts';
import type { Role } from '../people/positions.ts';
import { SITE, siteInMemory } from '../testing/site.ts';
import { MINUTE } from '../time/clock.ts';
import { type FeeNames, namesIn } from './names.ts';

const NINE = Date.UTC(2026, 4, 1, 1);

const named = async () => {
  const site = await siteInMemory(defineTable({ name: 'own', journal: false }), {}, NINE);
  const { doc, publish, deps } = site;
  const text = async (of: string, value: string) => {
    const one = personalText('name', value, NINE, deps.random, undefined);
    await doc.send(new PutCommand({ TableName: 'personal', Item: personalItem(of, one) }));
    return refOf(one);
  };
  const forget = forgetText({ doc, personal: 'personal' });
  const name = await text('*', '李娜');
  await publish({ ...reachKey('stf_1'), language: 'en', name });
  await publish({ ...unitIdKey(SITE, 'unt_1'), unit: 'unt_1', building: '8', number: '101' });
  const card = { language: 'en', emails: [], phones: [] };
  const owner = await text(SITE, '张三');
  await publish({ ...payerKey(SITE, 'pty_1'), party: 'pty_1', name: owner, merged: ['pty_2'], ...card });
  await publish({ ...payerKey(SITE, 'pty_2'), mergedInto: 'pty_1' });
  await publish({ ...payerKey(SITE, 'pty_3'), party: 'pty_3', name: owner, erased: true, ...card });
  const names = namesIn({ ...deps, personal: 'personal' });
  const ask = async (answer: object, roles: Role[] = ['agent'], departments: string[] = []) =>
    (await names(answer, { site: SITE, actor: { staff: 'li', roles, departments }, language: 'zh-CN' })).names;
  return { site, ask, gone: () => forget('*', name.ref) };
};

test('whatever an answer has the id of is called something, those who were merged, erased or never there too', async () => {
  const { ask } = await named();
  const answer = {
    ...{ takenBy: 'stf_1', unit: 'unt_1', party: 'pty_2', department: 'engineering' },
    history: [{ by: 'system:clock', data: { party: 'pty_3', staff: 'stf_9', to: { department: 'gone' } } }],
  };
  expect(await ask(answer)).toEqual({
    staff: { stf_1: '李娜', stf_9: '（不详）', 'system:clock': '系统' },
    units: { unt_1: '8幢101室' },
    parties: { pty_2: '张三', pty_3: '（已删除）' },
    departments: { 'lakeside/engineering': '工程部', 'lakeside/gone': '（不详）' },
  });
  expect(await ask({ n: 1, items: [] })).toEqual({});
});

test('an id that somebody wrote into their words names nobody, nor does anything that only begins like one', async () => {
  const { ask } = await named();
  const data = { words: 'pty_1', note: 'stf_1', other: 'system:clock', party: `pty_${'9'.repeat(3_000)}` };
  expect(
    await ask({ department: 'engineering', description: 'unt_1', by: 'system: 张三', history: [{ data }] }),
  ).toEqual({
    departments: { 'lakeside/engineering': '工程部' },
  });
});

test('fee items and bills are called what a site calls them, where a service knows; codes without a name stand as they are', async () => {
  const { site } = await named();
  const fees: FeeNames = async (_, codes) =>
    new Map(
      codes.flatMap((code) =>
        code.startsWith('heat') ? [['heat', '供暖费'] as const, [code, '供暖费 2026年11月'] as const] : [],
      ),
    );
  const knows = namesIn({ ...site.deps, personal: 'personal', fees });
  const answer = { debts: [{ bill: 'heat/2026-11' }, { bill: 'x/2026-11' }], words: 'heat' };
  const reader = {
    site: SITE,
    actor: { staff: 'li', roles: ['agent' as const], departments: [] },
    language: 'zh-CN' as const,
  };
  expect((await knows(answer, reader)).names).toEqual({
    fees: { heat: '供暖费', 'heat/2026-11': '供暖费 2026年11月' },
  });
});

test('what has its name beside it isn’t named again', async () => {
  const { ask } = await named();
  const answer = { items: [{ party: 'pty_1', name: '张三', unit: 'unt_1', place: '8幢101室', by: 'stf_1' }] };
  expect(await ask(answer)).toEqual({ staff: { stf_1: '李娜' } });
});

test('a department’s head is told the owners of what the department has, and of nothing else', async () => {
  const { ask } = await named();
  const items = [
    { department: 'engineering', party: 'pty_1' },
    { department: 'security', party: 'pty_2' },
  ];
  const parties = async (...as: [Role[], string[]?]) => (await ask({ items }, ...as))?.parties;
  expect(await parties(['department-head'], ['engineering'])).toEqual({ pty_1: '张三', pty_2: '（保密）' });
  expect(await parties(['department-head'], ['finance'])).toEqual({ pty_1: '张三', pty_2: '张三' });
  // What was handed over is the next department's, whoever had it before.
  const history = [{ data: { department: 'security', party: 'pty_1' } }];
  const one = async (department: string) =>
    (await ask({ ...items[0], history }, ['department-head'], [department]))?.parties;
  expect(await one('engineering')).toEqual({ pty_1: '张三' });
  expect(await one('security')).toEqual({ pty_1: '（保密）' });
  expect(await parties(['department-head', 'centre-manager'], ['security'])).toEqual({ pty_1: '张三', pty_2: '张三' });
});

test('a name that isn’t to be used is withheld, not said to be erased', async () => {
  const { site, ask } = await named();
  const { restricted: _, ...text } = personalText('name', '李四', NINE, site.deps.random, undefined);
  const Item = { ...personalItem(SITE, text), restricted: 'person' };
  await site.doc.send(new PutCommand({ TableName: 'personal', Item }));
  const card = { party: 'pty_4', name: refOf(text), language: 'en', emails: [], phones: [] };
  await site.publish({ ...payerKey(SITE, 'pty_4'), ...card });
  expect(await ask({ party: 'pty_4' })).toEqual({ parties: { pty_4: '（保密）' } });
});

test('a colleague’s name that was erased is told for a minute at most', async () => {
  const { site, ask, gone } = await named();
  const name = async () => (await ask({ by: 'stf_1' }))?.staff?.stf_1;
  expect(await name()).toBe('李娜');
  await gone();
  expect(await name()).toBe('李娜');
  site.now += MINUTE;
  expect(await name()).toBe('（已删除）');
});

test('of twenty thousand parties none is called nothing: each has a name, or it is said why not', async () => {
  const N = 20_000;
  const { site, ask } = await named();
  const put = (TableName: string, Item: object) => site.doc.send(new PutCommand({ TableName, Item: { ...Item } }));
  const kindOf = (n: number) =>
    (['named', 'named', 'named', 'erased', 'restricted', 'merged', 'nobody', 'forgotten'] as const)[n % 8];
  for (let n = 0; n < N; n++) {
    const id = `pty_n${n}`;
    const kind = kindOf(n);
    const one = personalText('name', `业户${n}`, NINE, site.deps.random, undefined);
    const card = { ...payerKey(SITE, id), party: id, name: refOf(one), language: 'en', emails: [], phones: [] };
    if (kind !== 'forgotten' && kind !== 'nobody')
      await put('personal', { ...personalItem(SITE, one), ...(kind === 'restricted' ? { restricted: 'person' } : {}) });
    if (kind === 'merged') await put('registry', { ...payerKey(SITE, id), mergedInto: `pty_n${n - 5}` });
    else if (kind !== 'nobody') await put('registry', { ...card, ...(kind === 'erased' ? { erased: true } : {}) });
  }
  const called = new Map<string, number>();
  for (let from = 0; from < N; from += 500) {
    const items = Array.from({ length: 500 }, (_, i) => ({ id: `con_${from + i}`, party: `pty_n${from + i}` }));
    const { parties = {} } = (await ask({ items })) ?? {};
    expect(Object.keys(parties)).toHaveLength(500);
    for (const name of Object.values(parties)) {
      const what = name.startsWith('业户') ? '业户' : name;
      called.set(what, (called.get(what) ?? 0) + 1);
    }
  }
  expect(Object.fromEntries(called)).toEqual({
    业户: (N / 8) * 4,
    '（已删除）': (N / 8) * 2,
    '（保密）': N / 8,
    '（不详）': N / 8,
  });
});
