import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'csv-parse/sync';
import { beforeEach, expect, test } from 'vitest';
import { wakeUp } from '../../../../shared/journal/execute.ts';
import type { Grant } from '../../../../shared/people/access.ts';
import { NINE, SITE } from '../../testing/site.ts';
import { type World, world } from '../../testing/world.ts';
import { complain } from '../testing.ts';

let w: World;
beforeEach(async () => {
  w = await world();
  w.now = on('2026-05-20T10:00');
});

const on = (local: string) => Date.parse(`${local}+08:00`);
const director: Grant[] = [{ site: SITE, role: 'site-director' }];
const head: Grant[] = [{ site: SITE, role: 'department-head', department: 'engineering' }];
const otherHead: Grant[] = [{ site: SITE, role: 'department-head', department: 'security' }];
const PLAN = {
  period: '2026-04',
  topic: 'Q3',
  words: '每晚七点前由当班主管核对未回访名单',
  role: 'department-head',
  department: 'engineering',
  dueDay: '2026-06-10',
};
const plan = async (more: object = {}, how: object = {}) =>
  w.call('POST', '/sites/{site}/improvements', {
    params: { site: SITE },
    body: { ...PLAN, ...more },
    grants: director,
    ...how,
  });
const say = (improvement: string, what: string, grants: Grant[], words = '已开始执行') =>
  w.call('POST', `/sites/{site}/improvements/{improvement}/${what}`, {
    params: { site: SITE, improvement },
    body: { words },
    grants,
  });

test('an improvement has an owner and a due day; asked for twice under one key it is planned once', async () => {
  const idempotencyKey = await plan({}, { key: 'k' });
  expect(idempotencyKey).toMatchObject({ status: 201, body: { status: 'planned', late: false, dueDay: '2026-06-10' } });
  expect(idempotencyKey.body.owed).toMatchObject([
    { duty: 'improve', role: 'department-head', department: 'engineering' },
  ]);
  expect((await plan({}, { key: 'k' })).body).toEqual(idempotencyKey.body);
  expect((await plan({}, { grants: head })).status).toBe(403);
});

test.each([
  [{ dueDay: '2026-05-19' }, 'body.dueDay'],
  [{ dueDay: '2027-06-10' }, 'body.dueDay'],
  [{ role: 'centre-manager' }, 'body.department'],
  [{ department: 'nowhere' }, 'body.department'],
  [{ period: '2026-07' }, 'body.period'],
  [{ words: ' ' }, 'body.words'],
])('a plan with %j is refused, naming %s', async (more, field) => {
  const { status, body } = await plan(more);
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain(field);
});

test('whoever owes it says how far it is and that it is done; another department does not; what is done is done', async () => {
  const { body } = await plan();
  expect((await say(body.id, 'progress', otherHead)).body.code).toBe('improvement.not-yours');
  expect((await say(body.id, 'progress', head)).status).toBe(200);
  expect((await say(body.id, 'drop', head)).status).toBe(403);
  expect((await say(body.id, 'done', head, '三周内未再漏访')).body).toMatchObject({ status: 'done', owed: [] });
  expect((await say(body.id, 'drop', director)).body.code).toBe('improvement.ended');
  const sheet = await w.call('GET', '/sites/{site}/improvements/{improvement}', {
    params: { site: SITE, improvement: body.id },
  });
  expect(sheet.body.history.map(({ event }: { event: string }) => event)).toEqual([
    'improvement.planned',
    'improvement.progressed',
    'improvement.done',
  ]);
});

test('whoever owes it is reminded, then those above hear that it is late, each once', async () => {
  const { body } = await plan();
  const { improvements } = w.stores;
  const look = async (local: string) => {
    w.now = on(local);
    for (let i = 0; i < 2; i++) await wakeUp(improvements, { site: SITE, id: body.id, now: w.now });
    return (await improvements.history(SITE, body.id)).map(({ name }) => name);
  };
  expect(await look('2026-06-07T23:59')).toEqual(['improvement.planned']);
  expect(await look('2026-06-08T00:00')).toEqual(['improvement.planned', 'improvement.reminded']);
  expect((await look('2026-06-11T00:00:01')).at(-1)).toBe('improvement.missed');
  expect((await look('2026-06-14T00:00:01')).at(-1)).toBe('improvement.escalated');
});

test('as a sheet each has a line, in the words of whoever asks; a page of it says where the next is', async () => {
  const first = (await plan()).body;
  w.now += 1;
  const second = (await plan({ topic: 'collection', role: 'supervisor', department: undefined })).body;
  w.now = on('2026-06-11T00:00:01');
  const list = (query: object, language = 'en') =>
    w.call('GET', '/sites/{site}/improvements', { params: { site: SITE }, query, language });
  const csv = (body: Buffer): Record<string, string>[] => parse(body, { bom: true, columns: true });
  const page = await list({ format: 'csv', limit: '1' });
  expect(page.headers['content-disposition']).toBe('attachment; filename="improvements.csv"');
  expect(csv(page.body)).toMatchObject([{ Improvement: second.id, About: 'Collection', Owner: 'supervisor' }]);
  expect(page.headers.link).toContain('rel="next"');
  const chinese = await list({ format: 'csv' }, 'zh-CN');
  expect(csv(chinese.body).map(({ 针对, 承办, 责任部门, 是否逾期 }) => [针对, 承办, 责任部门, 是否逾期])).toEqual([
    ['收缴率', '客服主管', '', '是'],
    ['投诉回访率', '责任部门主任', 'engineering', '是'],
  ]);
  expect(csv(chinese.body)[1]).toMatchObject({ 改进措施: first.id, 来源报告: '2026-04', 期限: '2026-06-10' });
});

test('the next report shows how far each is, and what was erased since as erased', async () => {
  await complain(w, NINE, ['late']);
  const late = (await plan({ dueDay: '2026-05-31' })).body;
  const done = (await plan({ topic: 'other', words: '补齐合同' })).body;
  await say(done.id, 'done', head, '已补齐');
  w.now = on('2026-06-05T09:00');
  await w.call('POST', '/sites/{site}/reports', { params: { site: SITE }, body: { period: '2026-05' } });
  const read = async () =>
    (
      await w.call('GET', '/sites/{site}/reports/{period}', {
        params: { site: SITE, period: '2026-05' },
        language: 'zh-CN',
      })
    ).body;
  const before = await read();
  expect(before.improvements).toMatchObject({
    open: 1,
    late: 1,
    done: 1,
    lines: [
      { id: late.id, topic: 'Q3', words: PLAN.words, status: 'planned', late: true },
      { id: done.id, words: '补齐合同', said: '已补齐', status: 'done', late: false },
    ],
  });
  expect(before.summary.at(-1)).toBe('改进措施：1 项进行中，其中 1 项逾期；本期完成 1 项，取消 0 项。');
  const { state } = await w.stores.improvements.head(SITE, late.id);
  await w.doc.send(
    new DeleteCommand({ TableName: w.personal, Key: { pk: `${SITE}#${state?.words.ref}`, sk: 'text' } }),
  );
  const after = await read();
  expect(after.improvements.lines[0].words).toBeNull();
  expect(after.hash).toBe(before.hash);
});
