import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { unitIdKey, unitKey } from '../../../shared/directory/units.ts';
import { listPartition } from '../../../shared/journal/layout.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { at } from '../accounts/testing.ts';
import { beingBilledIn, runsIn } from '../runs/store.ts';
import { billingTable } from '../store.ts';
import { type Deps, routes } from './api.ts';
import { routes as meteringRoutes } from './metering-api.ts';
import { runKey } from './run-id.ts';
import { discountsBetween, feesIn, itemNames, poolsOf, readingsOf, scheduleBetween } from './store.ts';
import { flat } from './testing.ts';

const STAFF = {
  li: { role: 'agent' },
  sun: { role: 'centre-manager' },
  ding: { role: 'site-director' },
  yan: { role: 'department-head', department: 'engineering' },
} as const;
const FEES = `/sites/${SITE}/fees`;
const MANAGEMENT = {
  code: 'management',
  names: { zh: '物业管理费', en: 'Management fee' },
  basis: 'area',
  rates: [{ rate: '2.85' }],
};
const HEAT = { ...MANAGEMENT, code: 'heat', basis: 'metered', rates: [{ rate: '0.16' }] };
const LIFTS = { ...MANAGEMENT, code: 'lifts', basis: 'shared', rates: [{}] };

const atWork = async () => {
  const world = await siteInMemory(billingTable, STAFF, at('2026-11-01', '09:00'));
  const fees = feesIn(world.tables);
  for (const unit of [flat(), flat({ unit: 'unt_2', number: '102' })]) {
    await world.publish({ ...unitKey(SITE, unit), ...unit });
    await world.publish({ ...unitIdKey(SITE, unit.unit), ...unit });
  }
  const call = apiCaller<Deps>([...routes, ...meteringRoutes], {
    ...world.deps,
    fees,
    beingBilled: beingBilledIn(runsIn(world.tables)),
  });
  const fault = async (...of: Parameters<typeof call>) => {
    const { status, body } = await call(...of);
    return [status, body.code === 'request.invalid' ? body.errors : body.code];
  };
  /** The run of November has begun, as far as anybody else can see. */
  const runBegins = (status = 'charging') => {
    const listed = { id: 'run_2026-11', list: listPartition(SITE, 'run', false) };
    const Item = { ...runKey(SITE, '2026-11'), ...listed, v: 1, state: { status, period: '2026-11' } };
    return world.doc.send(new PutCommand({ TableName: 'billing', Item }));
  };
  return { world, fees, call, fault, runBegins };
};

let w: Awaited<ReturnType<typeof atWork>>;
beforeEach(async () => {
  w = await atWork();
});
const set = (effective: string, ...items: object[]) => w.call('sun', `POST ${FEES}`, { effective, items });

describe('a fee schedule', () => {
  test('stays as it is for a period that is being billed: no run has two rates', async () => {
    await set('2026-01-01', MANAGEMENT);
    await w.runBegins();
    const dearer = { ...MANAGEMENT, rates: [{ rate: '3.00' }] };
    expect((await set('2026-11-15', dearer)).body.code).toBe('fees.being-billed');
    expect((await set('2026-12-01', dearer)).status).toBe(201);
    await w.runBegins('cancelled');
    expect((await set('2026-11-15', dearer)).status).toBe(201);
  });

  test('has versions, each in force from its day on', async () => {
    expect((await set('2026-01-01', MANAGEMENT)).body).toMatchObject({
      version: 1,
      items: [{ cycle: 'monthly', firstMonth: 1, rounding: 'half-up', prorated: true }],
      by: 'sun',
    });
    await set('2026-11-16', { ...MANAGEMENT, rates: [{ rate: '3.15' }] });
    await set('2027-01-01', MANAGEMENT, HEAT);
    const between = async (from: string, to: string) =>
      (await scheduleBetween(w.fees, SITE, from, to)).map(({ version }) => version);
    expect(await between('2025-01-01', '2025-12-31')).toEqual([]);
    expect(await between('2026-11-01', '2026-11-15')).toEqual([1]);
    expect(await between('2026-11-01', '2026-11-30')).toEqual([1, 2]);
    expect(await between('2026-12-31', '2027-12-31')).toEqual([2, 3]);
    expect((await itemNames(w.fees, SITE)).get('heat')).toEqual(HEAT.names);
  });

  test('is read newest first, page by page, by everybody on staff', async () => {
    for (const month of ['01', '02', '03']) await set(`2026-${month}-01`, MANAGEMENT);
    const first = (await w.call('li', `GET ${FEES}?limit=2`)).body;
    expect(first.items.map((item: { version: number }) => item.version)).toEqual([3, 2]);
    const second = (await w.call('li', `GET ${FEES}?limit=2&after=${first.next}`)).body;
    expect(second.items.map((item: { version: number }) => item.version)).toEqual([1]);
    expect(second.next).toBeUndefined();
    expect((await w.call('li', `POST ${FEES}`, { effective: '2026-01-01', items: [] })).status).toBe(403);
  });

  test('what an item is stays for good: its code names its bills', async () => {
    await set('2026-01-01', MANAGEMENT);
    expect(
      await w.fault('sun', `POST ${FEES}`, { effective: '2027-01-01', items: [{ ...MANAGEMENT, cycle: 'quarterly' }] }),
    ).toEqual([422, 'fees.item-changed']);
    expect((await set('2027-01-01', { ...MANAGEMENT, rates: [{ rate: '4', kinds: ['flat'] }] })).status).toBe(201);
  });

  test.each([
    ['a rate with seven decimals', { rates: [{ rate: '2.8500001' }] }, 'body.items.0.rates.0.rate'],
    ['a rate above a million', { rates: [{ rate: '1000000.01' }] }, 'body.items.0.rates.0.rate'],
    ['a negative rate', { rates: [{ rate: '-1' }] }, 'body.items.0.rates.0.rate'],
    ['no rate', { rates: [{}] }, 'body.items.0.rates.0.rate'],
    ['a rate of what is shared', { basis: 'shared' }, 'body.items.0.rates.0.rate'],
    ['no rates', { rates: [] }, 'body.items.0.rates'],
    ['a code with a slash', { code: 'a/b' }, 'body.items.0.code'],
    ['a reserved code', { code: 'arrears' }, 'body.items.0.code'],
    ['a one-off item without its month', { basis: 'once' }, 'body.items.0.period'],
    ['a 29th as due day', { dueDay: 29 }, 'body.items.0.dueDay'],
    ['parking for flats', { basis: 'space', rates: [{ rate: '1', kinds: ['flat'] }] }, 'body.items.0.rates.0.kinds'],
    ['a misspelt field', { rond: 'up' }, 'body.items.0'],
  ])('%s is refused, named by field', async (_, wrong, field) => {
    const [status, fields] = await w.fault('sun', `POST ${FEES}`, {
      effective: '2026-01-01',
      items: [{ ...MANAGEMENT, ...wrong }],
    });
    expect([status, fields[0].field]).toEqual([400, field]);
  });

  test('a day beyond two years, a code twice', async () => {
    expect(await w.fault('sun', `POST ${FEES}`, { effective: '2029-01-01', items: [] })).toEqual([
      400,
      [{ field: 'body.effective', rule: 'from 2000-01-01 to 2028-11-01' }],
    ]);
    expect(await w.fault('sun', `POST ${FEES}`, { effective: '2026-01-01', items: [MANAGEMENT, MANAGEMENT] })).toEqual([
      400,
      [{ field: 'body.items', rule: 'none twice' }],
    ]);
  });
});

describe('an exemption', () => {
  const wanted = {
    unit: 'unt_1',
    item: 'management',
    percent: 50,
    from: '2026-11-01',
    to: '2026-12-31',
    reason: '空置',
  };
  const ask = (over = {}, who = 'li') => w.call(who, `POST /sites/${SITE}/exemptions`, { ...wanted, ...over });
  const inForce = async () => (await discountsBetween(w.fees, SITE, '2026-11-01', '2026-11-30')).get('unt_1') ?? [];
  beforeEach(() => set('2026-01-01', MANAGEMENT));

  test('counts once a second person agreed, and no longer once it was ended', async () => {
    const { body } = await ask({}, 'sun');
    expect(body).toMatchObject({ status: 'asked', owed: [{ duty: 'approve', role: 'centre-manager' }] });
    expect(await inForce()).toEqual([]);
    const decide = (who: string) =>
      w.fault(who, `POST /sites/${SITE}/exemptions/${body.id}/decide`, { agree: true, words: '同意' });
    expect(await decide('sun')).toEqual([422, 'account.second-person']);
    expect((await decide('ding'))[0]).toBe(200);
    expect(await decide('ding')).toEqual([422, 'exemption.decided']);
    expect(await inForce()).toMatchObject([{ item: 'management', percent: 50, to: '2026-12-31' }]);
    const end = (to: string) =>
      w.fault('sun', `POST /sites/${SITE}/exemptions/${body.id}/end`, { to, words: '已入住' });
    expect((await end('2026-11-10'))[0]).toBe(200);
    expect(await inForce()).toMatchObject([{ to: '2026-11-10' }]);
    expect(await end('2026-11-20')).toEqual([400, [{ field: 'body.to', rule: 'before 2026-11-10' }]]);
    await end('2026-10-01');
    expect(await inForce()).toEqual([]);
    const sheet = (await w.call('li', `GET /sites/${SITE}/exemptions/${body.id}`)).body;
    expect(sheet.history.map(({ event }: { event: string }) => event)).toEqual([
      'exemption.asked',
      'exemption.approved',
      'exemption.ended',
      'exemption.ended',
    ]);
    expect(sheet.history[0].data.words).toBe('空置');
  });

  test('is of whoever pays for the unit, and read by the desk, finance, and the head who asked for it', async () => {
    const { id } = (await ask({}, 'yan')).body;
    const others = (await ask({}, 'li')).body.id;
    expect((await w.fees.exemptions.head(SITE, id)).state).toMatchObject({ party: 'pty_1' });
    const read = async (who: string, of: string) => (await w.call(who, `GET /sites/${SITE}/exemptions/${of}`)).status;
    expect(await Promise.all(['yan', 'li', 'sun', 'ding'].map((who) => read(who, id)))).toEqual([200, 200, 200, 200]);
    expect(await read('yan', others)).toBe(404);
    const listed = (await w.call('yan', `GET /sites/${SITE}/exemptions`)).body.items;
    expect(listed.map((one: { id: string }) => one.id)).toEqual([id]);
  });

  test.each([
    [{ to: '2029-11-01' }, 'body.to'],
    [{ to: '2026-10-31' }, 'body.to'],
    [{ from: '2025-10-31' }, 'body.from'],
    [{ percent: 101 }, 'body.percent'],
    [{ fen: 100 }, 'body'],
    [{ item: 'nothing' }, 'body.item'],
  ])('%j is refused', async (over, field) => {
    const [status, fields] = await w.fault('li', `POST /sites/${SITE}/exemptions`, { ...wanted, ...over });
    expect([status, fields[0].field]).toEqual([400, field]);
  });

  test('thirty-six months are the most', async () => {
    expect((await ask({ to: '2029-10-31' })).status).toBe(201);
    expect((await ask({ unit: 'unt_9' })).status).toBe(404);
  });
});

describe('what is measured', () => {
  const readings = (...all: [unit: string, quantity: string][]) => ({
    item: 'heat',
    period: '2026-11',
    readings: all.map(([unit, quantity]) => ({ unit, quantity })),
  });
  const enter = (...all: Parameters<typeof readings>) =>
    w.fault('yan', `POST /sites/${SITE}/readings`, readings(...all));
  const known = async () => {
    const found = await readingsOf(w.fees, SITE, '2026-11', ['unt_1', 'unt_2'], ['heat']);
    return [...found].map(([unit, some]) => [unit, some.get('heat')]).sort();
  };
  beforeEach(() => set('2026-01-01', MANAGEMENT, HEAT, LIFTS));

  test('a reading replaces the one before, until the run of its month has begun', async () => {
    await enter(['unt_1', '10.5']);
    await enter(['unt_1', '12.25']);
    expect(await known()).toEqual([['unt_1', 12_250_000]]);
    await w.runBegins();
    expect(await enter(['unt_1', '13'])).toEqual([422, 'fees.billed']);
    expect((await enter(['unt_1', '12.25'], ['unt_2', '1']))[0]).toBe(201);
    expect(await known()).toEqual([
      ['unt_1', 12_250_000],
      ['unt_2', 1_000_000],
    ]);
    const page = (await w.call('li', `GET /sites/${SITE}/readings?period=2026-11&limit=1`)).body;
    expect(page).toMatchObject({
      items: [{ unit: 'unt_1', item: 'heat', quantity: '12.25' }],
      next: expect.any(String),
    });
    const rest = (await w.call('li', `GET /sites/${SITE}/readings?period=2026-11&limit=1&after=${page.next}`)).body;
    expect(rest.items).toEqual([{ unit: 'unt_2', item: 'heat', quantity: '1' }]);
    // A page that ends with the last of all doesn't know it.
    const end = (await w.call('li', `GET /sites/${SITE}/readings?period=2026-11&limit=1&after=${rest.next}`)).body;
    expect(end).toEqual({ items: [] });
  });

  test('a reading and the start of the run at the same moment: one of the two is first', async () => {
    await enter(['unt_1', '10']);
    const [, [status]] = await Promise.all([w.runBegins(), enter(['unt_1', '11'])]);
    expect([422, 409]).toContain(status);
    expect(await known()).toEqual([['unt_1', 10_000_000]]);
  });

  test('bad readings are named', async () => {
    expect(await enter(['unt_9', '1'])).toEqual([400, [{ field: 'body.readings.0.unit', rule: 'a unit of the site' }]]);
    expect(
      await w.fault('yan', `POST /sites/${SITE}/readings`, { ...readings(['unt_1', '1']), item: 'management' }),
    ).toEqual([422, 'fees.not-metered']);
    const [, [fault]] = await enter(['unt_1', '1000000.5']);
    expect(fault.field).toBe('body.readings.0.quantity');
    const far = { ...readings(['unt_1', '1']), period: '2028-01' };
    expect(await w.fault('yan', `POST /sites/${SITE}/readings`, far)).toEqual([
      400,
      [{ field: 'body.period', rule: 'from 2000-01 to 2027-12' }],
    ]);
  });

  test('pools are entered together, each building in one', async () => {
    const enterPools = (...pools: [fen: number, ...buildings: string[]][]) =>
      w.fault('yan', `POST /sites/${SITE}/pools`, {
        item: 'lifts',
        period: '2026-11',
        pools: pools.map(([fen, ...buildings]) => ({ fen, buildings })),
      });
    expect((await enterPools([90_000, 'A']))[0]).toBe(201);
    expect((await poolsOf(w.fees, SITE, '2026-11', ['lifts', 'heat'])).get('lifts')).toEqual([
      { buildings: ['A'], fen: 90_000 },
    ]);
    expect((await enterPools([1, 'A'], [2, 'A']))[0]).toBe(400);
    expect(await enterPools([1, 'Z'])).toEqual([
      400,
      [{ field: 'body.pools.0.buildings.0', rule: 'a building of the site' }],
    ]);
    await w.runBegins();
    expect(await enterPools([80_000, 'A'])).toEqual([422, 'fees.pool-billed']);
    const { body } = await w.call('li', `GET /sites/${SITE}/pools?item=lifts&period=2026-11`);
    expect(body.items).toEqual([{ buildings: ['A'], fen: 90_000 }]);
  });
});
