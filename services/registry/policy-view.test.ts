import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_POLICY, NEVER, type PolicyValues, policySchema, ruleOf } from '../../shared/policy/policy.ts';
import { runs } from '../../shared/testing/runs.ts';
import { POLICY_TEXTS, type PolicyName } from '../../shared/text/policy.ts';
import { meansOf, unitOf, valueInWords } from './policy-words.ts';
import { ADMIN, world } from './testing.ts';

const NAMES = Object.keys(policySchema.shape) as PolicyName[];
const PREVIEW = 'POST /sites/lakeside/policies/preview';

interface Shown {
  name: PolicyName;
  means: string;
  says: string;
  why?: string;
}
const of = <T extends Shown>(shown: T[], name: PolicyName): T => {
  const found = shown.find((one) => one.name === name);
  if (!found) throw new Error(`${name} is not among them`);
  return found;
};

const atLakeside = async () => {
  const w = world();
  await w.lakeside();
  await w.hire('li', { site: 'lakeside', role: 'agent' });
  const read = async (language?: string) =>
    (await w.call('li', 'GET /sites/lakeside/policy', undefined, undefined, language)).body;
  const tries = async (body: unknown, language?: string) =>
    (await w.call(ADMIN, PREVIEW, body, undefined, language)).body;
  return Object.assign(w, { read, tries });
};

test('every value says what it means and counts in words of the reader’s language', () => {
  for (const name of NAMES) {
    expect(meansOf(name, 'zh-CN')).toMatch(/\p{Script=Han}/u);
    expect(unitOf(name, 'zh-CN')).toMatch(/\p{Script=Han}|%/u);
    for (const language of ['zh-CN', 'en'] as const) {
      const least = { ...DEFAULT_POLICY, [name]: ruleOf(name).least };
      for (const values of [DEFAULT_POLICY, least]) expect(valueInWords(name, values, language)).not.toMatch(/[{}]/);
      expect(meansOf(name, language) + unitOf(name, language)).not.toMatch(/[{}]/);
    }
  }
});

test('no two values mean the same, and what the texts call a standard is one', () => {
  for (const language of ['zh-CN', 'en'] as const)
    expect(new Set(NAMES.map((name) => meansOf(name, language))).size).toBe(NAMES.length);
  for (const name of NAMES) {
    const { zh, en } = POLICY_TEXTS[`policy.${name}`];
    const times = [zh, en].map((text) => /[(（](\d\d:\d\d)[)）]/.exec(text)?.[1]);
    if (ruleOf(name).unit === 'time-of-day') {
      const standard = valueInWords(name, DEFAULT_POLICY, 'en');
      expect(times).toEqual([standard, standard]);
    }
  }
});

test('a value is said as people say it', () => {
  const say = (values: Partial<PolicyValues>, language: 'zh-CN' | 'en') =>
    (Object.keys(values) as PolicyName[]).map((name) => valueInWords(name, { ...DEFAULT_POLICY, ...values }, language));
  const values = { callFromMinute: 510, letterCostFen: 300, dunVisitDays: NEVER, dunDemandDays: 1, dueDay: 10 };
  expect(say(values, 'zh-CN')).toEqual(['08:30', '¥3.00', '不启用', '截止日后第 1 天', '每月 10 日']);
  expect(say(values, 'en')).toEqual(['08:30', '¥3.00', 'never', '1 day after the due day', 'day 10 of the month']);
});

test('whoever works at a site reads its policy in force: whose each value is and what may be set', async () => {
  const w = await atLakeside();
  await w.admin('PUT /group/policy', { overrides: { judgeMinutes: 45, remindHours: 6 } });
  await w.admin('POST /sites/lakeside/policies', { overrides: { acceptMinutes: 30 } });
  const { values, ...rest } = await w.read();
  expect(rest).toMatchObject({ site: 'lakeside', floorVersion: 1, announced: [] });
  expect(values.map(({ name }: Shown) => name)).toEqual(NAMES);
  expect(of(values, 'acceptMinutes')).toEqual({
    name: 'acceptMinutes',
    means: 'A department accepts what it is handed within (Q2)',
    unit: 'minutes',
    value: 30,
    says: '30 minutes',
    own: true,
    floor: 60,
    standard: 60,
    stricter: 'smaller',
    least: 0,
    most: 60,
  });
  // The group's alone, and stricter the other way.
  expect(of(values, 'judgeMinutes')).toMatchObject({ value: 45, own: false, floor: 45, standard: 60, most: 45 });
  expect(of(values, 'remindHours')).toMatchObject({ value: 6, own: false, standard: 4, least: 6, most: 47 });
  expect(of(values, 'remindHours')).toMatchObject({ stricter: 'larger', lessThan: 'callbackHours' });
  expect(of(values, 'callUntilMinute')).toMatchObject({ says: '20:30', moreThan: 'callFromMinute' });
  const chinese = of((await w.read('zh-CN')).values, 'acceptMinutes');
  expect(chinese).toMatchObject({ means: '责任部门接单时限（Q2）', unit: '分钟', says: '30 分钟' });
  expect((await w.call('stranger', 'GET /sites/lakeside/policy')).status).toBe(403);
});

test('whatever is within its limits may be set, and nothing outside', async () => {
  const w = await atLakeside();
  await w.admin('PUT /group/policy', { overrides: { judgeMinutes: 45, keepBooksDays: 20_000, signInHours: 48 } });
  const { values } = await w.read();
  for (const name of ['judgeMinutes', 'keepBooksDays', 'signInHours', 'acceptMinutes', 'satisfactionTarget'] as const) {
    const { least, most } = of<Shown & { least: number; most: number }>(values, name);
    const accepted = async (value: number) => (await w.tries({ overrides: { [name]: value } })).may ?? false;
    expect([await accepted(least), await accepted(most)]).toEqual([true, true]);
    expect([await accepted(least - 1), await accepted(most + 1)]).toEqual([false, false]);
  }
});

test('a value that a stricter group has overruled is the group’s', async () => {
  const w = await atLakeside();
  await w.admin('POST /sites/lakeside/policies', { overrides: { acceptMinutes: 30 } });
  await w.admin('PUT /group/policy', { overrides: { acceptMinutes: 20 } });
  // Tried before the group's change has reached the site: held against the new floor already.
  expect(await w.tries({ overrides: { acceptMinutes: 30 } })).toMatchObject({
    may: false,
    why: { code: 'policy.looser' },
  });
  expect(of((await w.read()).values, 'acceptMinutes')).toMatchObject({ floor: 20, most: 20 });
  await w.admin('POST /sites/lakeside/policies', { overrides: { acceptMinutes: 20 } });
  expect(of((await w.read()).values, 'acceptMinutes')).toMatchObject({ value: 20, own: true });
});

test('what is announced says from when on, and what it changes against what is in force before it', async () => {
  const w = await atLakeside();
  const announce = (effective: string, acceptMinutes: number) =>
    w.admin('POST /sites/lakeside/policies', { effective, overrides: { acceptMinutes } });
  await announce('2026-05-10T00:00:00+08:00', 30);
  await announce('2026-05-20T00:00:00+08:00', 20);
  const { values, version, announced } = await w.read('zh-CN');
  expect([version, of(values, 'acceptMinutes')]).toMatchObject([1, { value: 60, own: false }]);
  const change = { name: 'acceptMinutes', tighter: true };
  expect(announced).toMatchObject([
    { version: 2, effective: '2026-05-09T16:00:00.000Z', changes: [{ ...change, from: 60, to: 30 }] },
    { version: 3, effective: '2026-05-19T16:00:00.000Z', changes: [{ ...change, from: 30, to: 20 }] },
  ]);
  w.now = Date.parse('2026-05-10T00:00:00+08:00');
  expect(await w.read()).toMatchObject({ version: 2, announced: [{ version: 3 }] });

  // Tried from between the two on: against the first, and the second is overtaken.
  const tried = await w.tries({ effective: '2026-05-15T00:00:00+08:00', overrides: { acceptMinutes: 25 } }, 'zh-CN');
  expect(tried).toMatchObject({ may: true, effective: '2026-05-14T16:00:00.000Z', changes: [{ from: 30, to: 25 }] });
  expect(tried.touches).toEqual([
    '在办事项沿用受理时的政策版本，原定期限不变',
    '原定于 2026-05-20 00:00 生效的第 3 版不再生效',
  ]);
});

test('a preview says in words what setting would change, and changes nothing', async () => {
  const w = await atLakeside();
  await w.admin('POST /sites/lakeside/policies', { overrides: { acceptMinutes: 30 } });
  const before = await w.read();
  const overrides = { dunDemandDays: 20, judgeMinutes: 30 };
  const tried = await w.tries({ overrides }, 'zh-CN');
  expect(tried.changes.map(({ says }: Shown) => says)).toEqual([
    // Left out, the site's own value is the group's again.
    '责任部门接单时限（Q2）：由“30 分钟”改为“60 分钟”',
    '判定投诉是否有效的时限：由“60 分钟”改为“30 分钟”',
    '逾期后发出催缴函，送达须签收：由“截止日后第 30 天”改为“截止日后第 20 天”',
  ]);
  expect(tried.touches).toHaveLength(2);
  expect(tried.touches[1]).toContain('催缴试算');
  expect((await w.tries({ overrides })).changes[0]).toMatchObject({
    says: 'A department accepts what it is handed within (Q2): 60 minutes instead of 30 minutes',
    tighter: false,
  });
  expect(await w.read()).toEqual(before);
  expect((await w.admin('GET /sites/lakeside/policies')).items).toHaveLength(2);
  // Set, it is as it was tried.
  await w.admin('POST /sites/lakeside/policies', { overrides });
  expect(await w.tries({ overrides })).toMatchObject({ may: true, changes: [] });
  expect((await w.tries({ overrides }, 'zh-CN')).touches).toEqual(['与届时执行的政策一致，没有变化']);
});

test('a preview is refused with what setting is refused with, and says of each value why', async () => {
  const w = await atLakeside();
  const set = (body: unknown) => w.call(ADMIN, 'POST /sites/lakeside/policies', body);
  const ten = Array.from({ length: 10 }, (_, i) => `2026-06-${10 + i}T00:00:00Z`);
  const wrong = [
    { overrides: { acceptMinutes: 61, ringsInTime: 2 } },
    { overrides: { callFromMinute: 1230 } },
    { effective: '2026-05-01T03:59:59Z', overrides: {} },
  ];
  for (const body of wrong) {
    const [tried, { body: told, status }] = [await w.tries(body), await set(body)];
    expect(status).toBe(422);
    expect(tried).toMatchObject({ may: false, why: { code: told.code, message: told.title }, touches: [] });
  }
  const titles = (language: string) =>
    Promise.all(wrong.slice(0, 2).map(async (body) => (await w.tries(body, language)).why.message));
  expect(await titles('zh-CN')).toEqual([
    '项目政策只能比集团更严，不能更宽：责任部门接单时限（Q2）',
    '政策自相矛盾：“每日可致电业户的最早时刻（08:30）”须小于“每日可致电业户的最晚时刻（20:30）”',
  ]);
  expect((await titles('en'))[1]).toContain('“Owners are called from (08:30)” has to be less than “Owners');
  for (const effective of ten) await w.admin('POST /sites/lakeside/policies', { effective, overrides: {} });
  const further = { effective: '2026-06-30T00:00:00Z', overrides: {} };
  expect((await w.tries(further)).why.code).toBe((await set(further)).body.code);
  const law = { overrides: { callbackHours: 49 } };
  expect((await w.call(ADMIN, PREVIEW, law)).status).toBe((await set(law)).status);
  expect((await w.call('li', PREVIEW, { overrides: {} })).status).toBe(403);
  expect((await w.call(ADMIN, 'POST /sites/nowhere/policies/preview', { overrides: {} })).status).toBe(404);

  const { changes: loose } = await w.tries({ overrides: { acceptMinutes: 61, ringsInTime: 2 } }, 'zh-CN');
  expect(of<Shown>(loose, 'acceptMinutes').why).toBe('比集团标准（60 分钟）宽，不能设定');
  expect(of<Shown>(loose, 'ringsInTime').why).toBeUndefined();
  const { changes: crossed } = await w.tries({ overrides: { callFromMinute: 1230 } }, 'zh-CN');
  expect(of<Shown>(crossed, 'callFromMinute').why).toBe('须小于“每日可致电业户的最晚时刻（20:30）”（20:30）');
});

/** Some values, each within its bounds: most of a site's are refused, and few contradict each other. */
const some = (...names: PolicyName[]) =>
  fc.record(
    Object.fromEntries(
      names.map((name) => [name, fc.integer({ min: ruleOf(name).least, max: ruleOf(name).most })] as const),
    ),
    { requiredKeys: [] },
  );

test('whatever is tried, setting it says the same, and changes exactly what the preview said', async () => {
  const names = ['acceptMinutes', 'remindHours', 'callFromMinute', 'callUntilMinute', 'dunVisitDays'] as const;
  await fc.assert(
    fc.asyncProperty(some(...names), some('acceptMinutes'), some(...names), async (group, before, overrides) => {
      const w = world();
      fc.pre((await w.call(ADMIN, 'PUT /group/policy', { overrides: group })).status === 200);
      await w.lakeside();
      const read = async () =>
        (await w.admin('GET /sites/lakeside/policy')).values.map(({ name, value }: Shown & { value: number }) => [
          name,
          value,
        ]);
      await w.call(ADMIN, 'POST /sites/lakeside/policies', { overrides: before });
      const was = Object.fromEntries(await read());
      const tried = await w.admin(PREVIEW, { overrides });
      const { status, body } = await w.call(ADMIN, 'POST /sites/lakeside/policies', { overrides });
      expect([tried.may, tried.why?.code]).toEqual([status === 201, status === 201 ? undefined : body.code]);
      const changed = (await read()).filter(([name, value]: [PolicyName, number]) => was[name] !== value);
      const told = tried.changes.map(({ name, to }: Shown & { to: number }) => [name, to]);
      expect(changed).toEqual(tried.may ? told : []);
    }),
    runs(40),
  );
});

test('the group’s policy is read and tried in the same way, within the legal bounds', async () => {
  const w = await atLakeside();
  await w.admin('PUT /group/policy', { overrides: { acceptMinutes: 45 } });
  const { body } = await w.call('li', 'GET /group/policy', undefined, undefined, 'zh-CN');
  expect(body.version).toBe(1);
  expect(of(body.values, 'acceptMinutes')).toMatchObject({ value: 45, own: true, standard: 60, least: 0, most: 2880 });
  expect(of(body.values, 'acceptMinutes')).not.toHaveProperty('floor');
  const tries = (overrides: unknown, language?: string) =>
    w.call(ADMIN, 'POST /group/policy/preview', { overrides }, undefined, language);
  expect((await tries({ judgeMinutes: 90 }, 'zh-CN')).body).toMatchObject({
    may: true,
    changes: [
      { name: 'acceptMinutes', from: 45, to: 60, tighter: false },
      { name: 'judgeMinutes', from: 60, to: 90, tighter: false },
    ],
    touches: [expect.any(String), '各项目政策随之更新；项目自行设定且更严的，仍按项目的执行'],
  });
  const crossed = (await tries({ acceptMinutes: 45, satisfiedFrom: 2 })).body;
  expect(crossed).toMatchObject({ may: false, why: { code: 'policy.contradiction' } });
  expect(of<Shown>(crossed.changes, 'satisfiedFrom').why).toContain('more than');
  expect((await w.call('li', 'POST /group/policy/preview', { overrides: {} })).status).toBe(403);
});
