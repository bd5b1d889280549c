import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { payerIds, payerOf } from '../../shared/directory/payer.ts';
import { runs } from '../../shared/testing/runs.ts';
import { send } from './imports/testing.ts';
import { onPartyMerged } from './on-party-merged.ts';
import { ADMIN, world } from './testing.ts';
import { unitType } from './unit.ts';
import type { Unit } from './unit-state.ts';

const SITE = '/sites/lakeside';
const REASON = { reason: '同名不同人' };
let w: ReturnType<typeof world>;
const start = async () => {
  w = world();
  await w.lakeside();
};
beforeEach(start);

const enter = async (name: string, ...phones: string[]): Promise<string> => {
  const contacts = phones.map((value) => ({ way: 'phone', value, purposes: ['fees'] }));
  return (await w.admin(`POST ${SITE}/parties`, { name, contacts })).id;
};
const flat = async (number: string): Promise<string> =>
  (await w.admin(`POST ${SITE}/units`, { building: '1', number, area: 80 })).id;
const link = (unit: string, party: string, more: object = {}) =>
  w.call(ADMIN, `POST ${SITE}/units/${unit}/parties`, { party, relation: 'owner', ...more });
const post = (path: string, body: object, key?: string) => w.call(ADMIN, `POST ${SITE}/${path}`, body, key);
const party = (id: string) => w.admin(`GET ${SITE}/parties/${id}`);
const unit = (id: string) => w.admin(`GET ${SITE}/units/${id}`);
const reads = () => ({ doc: w.doc, registry: 'registry' });
/** What happened to a party, as the bus brings it: in whatever order, at least once. */
const events = async (id: string) =>
  (await w.registry.parties.history('lakeside', id)).filter(({ name }) =>
    onPartyMerged.events.some((one) => one.name === name),
  );
const hears = async (...ids: string[]) => {
  const all = (await Promise.all(ids.map(events))).flat();
  for (const event of [...all, ...all]) await onPartyMerged.handle(event as never, { registry: w.registry });
};
const merge = (id: string, into: string) => post(`parties/${id}/merge`, { into, sure: true });
const unmerge = (id: string, key?: string) => post(`parties/${id}/unmerge`, REASON, key);
/** A party without what says when something was written. */
const seen = async (id: string) => {
  const { version: _, absorbed: __, parted: ___, ...rest } = await party(id);
  return rest;
};
const phonesOf = async (id: string) => (await party(id)).contacts.map(({ value }: { value: string }) => value);

describe('whether two are one is asked first where their names differ', () => {
  test('spaces, width and case are no difference; another name is, until somebody is sure', async () => {
    const [a, b, c] = [
      await enter('Ada Lovelace', '13900000001'),
      await enter('ＡＤＡ  LOVELACE'),
      await enter('李四'),
    ];
    expect((await post(`parties/${a}/merge`, { into: b })).status).toBe(200);
    const asked = await post(`parties/${b}/merge`, { into: c }, 'first');
    expect(asked).toMatchObject({ status: 409, body: { code: 'party.names-differ' } });
    expect(await party(b)).not.toHaveProperty('mergedInto');
    expect((await post(`parties/${b}/merge`, { into: c, sure: true }, 'second')).status).toBe(200);
  });

  test('at most fifty parties become part of one, so that each can be looked up', async () => {
    const stays = await enter('张三', '13900000000');
    const [first = '', ...more] = await Promise.all(
      Array.from({ length: 51 }, (_, i) => enter('张三', `138000000${String(i).padStart(2, '0')}`)),
    );
    for (const id of more) {
      await w.admin(`PUT ${SITE}/parties/${id}`, { name: '张三', contacts: [] });
      expect((await post(`parties/${id}/merge`, { into: stays })).status).toBe(200);
    }
    expect(await payerIds(reads(), 'lakeside', stays)).toHaveLength(51);
    await w.admin(`PUT ${SITE}/parties/${first}`, { name: '张三', contacts: [] });
    expect((await post(`parties/${first}/merge`, { into: stays })).body).toMatchObject({
      code: 'party.too-many-merged',
      details: { max: 50 },
    });
  }, 30_000);
});

test('a unit says of each account of the past whose it is by now', async () => {
  const [goes, stays] = [await enter('张三', '13900000001'), await enter('张三', '13900000002')];
  const one = await flat('101');
  await link(one, goes, { payer: true });
  await merge(goes, stays);
  await hears(goes);
  expect(await unit(one)).toMatchObject({ parties: [{ party: stays }], payers: [{ party: goes, mergedInto: stays }] });
  await unmerge(goes);
  await hears(goes);
  expect((await unit(one)).payers).toEqual([{ party: goes }]);
});

describe('a merge by mistake', () => {
  test('is taken back with a reason: both have what they had, are known as they were, and both say what was done', async () => {
    const [goes, stays] = [
      await enter('张三', '13900000001', '13900000003'),
      await enter('张三丰', '13900000002', '13900000003'),
    ];
    const [one, two, three] = [await flat('101'), await flat('102'), await flat('103')];
    await link(one, goes, { payer: true });
    await link(two, stays, { payer: true });
    await link(three, goes, { relation: 'tenant' });
    await link(three, stays);
    const before = await Promise.all([seen(goes), seen(stays), unit(one), unit(two), unit(three)]);
    await merge(goes, stays);
    await hears(goes);
    const done = await unmerge(goes, 'once');
    expect(done).toMatchObject({ status: 200, body: { parted: { party: stays, by: 'system:admin', ...REASON } } });
    expect(await unmerge(goes, 'once')).toEqual(done);
    await hears(goes);
    const units = await Promise.all([one, two, three].map(unit));
    const after = [await seen(goes), await seen(stays), ...units];
    const bare = (all: { parties?: { party: string }[] }[]) =>
      all.map(({ parties, ...item }) => ({
        ...item,
        version: 0,
        units: undefined,
        parties: parties?.toSorted((x, y) => (x.party < y.party ? -1 : 1)),
      }));
    expect(bare(after)).toEqual(bare(before));
    expect((await party(goes)).units.map((held: { unit: string }) => held.unit).sort()).toEqual([one, three].sort());
    expect(await party(stays)).toMatchObject({ absorbed: [] });
    expect(await payerIds(reads(), 'lakeside', goes)).toEqual([goes]);
    expect(await payerIds(reads(), 'lakeside', stays)).toEqual([stays]);
    const sheet = (name: string, phone: string, room: string) => `楼栋,房号,姓名,电话\n1,${room},${name},${phone}\n`;
    for (const row of [sheet('张三', '13900000001', '101'), sheet('张三丰', '13900000002', '102')]) {
      // Each is found by their own name and number again, and by what else they had.
      const { bad } = (await send(w, 'parties', row, { dryRun: true })).body;
      expect(bad.map(({ rule }: { rule: string }) => rule)).toEqual(['import.ways-more', 'import.exists-as']);
    }
    const names = (await w.registry.parties.history('lakeside', stays)).map(({ name }) => name);
    expect(names.slice(-2)).toEqual(['party.absorbed', 'party.released']);
    expect(JSON.stringify(await w.registry.parties.history('lakeside', goes))).not.toContain(REASON.reason);
    // It can be linked and merged again.
    expect((await link(two, goes)).status).toBe(200);
    expect((await merge(goes, stays)).status).toBe(200);
  });

  test('what was corrected since stays with the one that stayed, what came with the other goes', async () => {
    const [goes, stays] = [await enter('张三', '13900000001'), await enter('张三丰', '13900000002')];
    await merge(goes, stays);
    const contacts = [
      { way: 'phone', value: '13900000001', purposes: ['fees', 'service'] },
      { way: 'phone', value: '13900000002', purposes: ['service'] },
      { way: 'phone', value: '13900000004', purposes: ['service'] },
    ];
    await w.admin(`PUT ${SITE}/parties/${stays}`, { name: '张三丰', contacts });
    await unmerge(goes);
    expect(await phonesOf(goes)).toEqual(['139 0000 0001']);
    expect(await phonesOf(stays)).toEqual(['139 0000 0002', '139 0000 0004']);
    expect((await party(stays)).contacts[0].purposes).toEqual(['service']);
    expect((await payerOf(reads(), 'lakeside', goes))?.phones).toHaveLength(1);
  });

  test('consent that one gave is not the other’s afterwards', async () => {
    const phone = (consent: boolean) => [{ way: 'phone', value: '13900000001', purposes: ['service'], consent }];
    const goes = (await w.admin(`POST ${SITE}/parties`, { name: '张三', contacts: phone(true) })).id;
    const stays = (await w.admin(`POST ${SITE}/parties`, { name: '张三丰', contacts: phone(false) })).id;
    await merge(goes, stays);
    expect((await party(stays)).contacts[0]).toHaveProperty('consentedAt');
    await unmerge(goes);
    expect((await party(stays)).contacts[0]).not.toHaveProperty('consentedAt');
    expect((await party(goes)).contacts[0]).toHaveProperty('consentedAt');
  });

  test('the account of whoever pays goes on, with the day that was corrected; a unit sold meanwhile stays sold', async () => {
    const [goes, stays, buyer] = [await enter('张三', '13900000001'), await enter('张三丰'), await enter('李四')];
    const [one, two] = [await flat('101'), await flat('102')];
    for (const room of [one, two]) await link(room, goes, { payer: true });
    await merge(goes, stays);
    await hears(goes);
    await link(one, stays, { payer: true, since: '2026-03-01' });
    await post(`units/${two}/parties/${stays}/end`, { until: '2026-03-01' });
    await link(two, buyer, { payer: true, since: '2026-03-01' });
    await unmerge(goes);
    await hears(goes);
    expect(await unit(one)).toMatchObject({
      parties: [{ party: goes, payer: true, since: '2026-03-01' }],
      payers: [{ party: goes, from: '2026-03-01' }],
    });
    expect((await unit(two)).parties).toMatchObject([{ party: buyer, payer: true }]);
  });

  test('of a chain the last is taken back first; what is heard late changes nothing that was done since', async () => {
    const [a, b, c] = [await enter('甲', '13900000001'), await enter('乙', '13900000002'), await enter('丙')];
    const [one, two] = [await flat('101'), await flat('102')];
    await link(one, a, { payer: true });
    await link(two, b, { payer: true });
    await merge(a, b);
    await merge(b, c);
    expect((await unmerge(c)).body.code).toBe('party.not-merged');
    expect((await unmerge(a)).body).toMatchObject({ code: 'party.merged-on', details: { party: c } });
    await hears(b, a);
    expect((await unmerge(b)).status).toBe(200);
    await hears(a, b);
    expect([(await unit(one)).parties, (await unit(two)).parties]).toMatchObject([[{ party: b }], [{ party: b }]]);
    expect(await payerIds(reads(), 'lakeside', a)).toEqual([b, a]);
    expect(await payerIds(reads(), 'lakeside', c)).toEqual([c]);
    expect((await unmerge(a)).status).toBe(200);
    await hears(b, a);
    expect([(await unit(one)).parties, (await unit(two)).parties]).toMatchObject([[{ party: a }], [{ party: b }]]);
    // Into somebody else at once.
    await merge(a, c);
    await hears(a, b);
    expect((await unit(one)).parties).toMatchObject([{ party: c, payer: true }]);
  });

  test('where both would be one by name and number, that is corrected first', async () => {
    const [goes, stays] = [await enter('张三', '13900000001'), await enter('张三丰', '13900000001')];
    await merge(goes, stays);
    const contacts = [{ way: 'phone', value: '13900000001' }];
    await w.admin(`PUT ${SITE}/parties/${stays}`, { name: '张三', contacts });
    expect((await unmerge(goes)).body).toMatchObject({ code: 'party.already-there', details: { party: stays } });
    await w.admin(`PUT ${SITE}/parties/${stays}`, { name: '张三丰', contacts });
    expect((await unmerge(goes)).status).toBe(200);
    await w.hire('li', { site: 'lakeside', role: 'agent' });
    expect((await w.call('li', `POST ${SITE}/parties/${goes}/unmerge`, REASON)).status).toBe(403);
    expect((await post('parties/pty_0/unmerge', REASON)).status).toBe(404);
  });

  test('somebody without a contact way is known by their own unit again', async () => {
    const flats = [await flat('101'), await flat('102')];
    const sheet = (room: string) => `楼栋,房号,姓名\n1,${room},张三\n`;
    for (const room of ['101', '102']) await send(w, 'parties', sheet(room));
    const [goes, stays] = await Promise.all(flats.map(async (id) => (await unit(id)).parties[0].party as string));
    await merge(goes as string, stays as string);
    await hears(goes as string);
    await unmerge(goes as string);
    await hears(goes as string);
    for (const room of ['101', '102']) {
      expect((await send(w, 'parties', sheet(room), { dryRun: true })).body).toMatchObject({ unchanged: 1 });
    }
    const held = (await Promise.all(flats.map(unit))).map(({ parties }) => parties[0].party);
    expect(held).toEqual([goes, stays]);
  });
});

test('law: whatever is merged, taken back and heard when, a unit ends in the hands of who holds it, and its account in none other', async () => {
  const moves = fc.array(fc.record({ what: fc.nat(3), a: fc.nat(3), b: fc.nat(3) }), { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(moves, async (history) => {
      await start();
      const ids = await Promise.all(['甲', '乙', '丙', '丁'].map((name, i) => enter(name, `1390000000${i}`)));
      const units = await Promise.all(['101', '102', '103', '104'].map(flat));
      for (const [i, id] of ids.entries()) await link(units[i] as string, id, { payer: true });
      await link(units[0] as string, ids[1] as string, { relation: 'tenant' });
      const linksOf = async (id: string) =>
        (await unit(id)).parties.map((one: object) => JSON.stringify(one)).sort() as string[];
      const at = await Promise.all(units.map(linksOf));
      for (const { what, a, b } of history) {
        const [one, other] = [ids[a] as string, ids[b] as string];
        if (what === 0) await merge(one, other);
        if (what === 1) await unmerge(one);
        if (what === 2) await hears(one);
      }
      await hears(...ids);
      for (const [i, id] of units.entries()) {
        const { payers, parties } = await unit(id);
        expect(payers.map(({ party: of }: { party: string }) => of)).toEqual([ids[i]]);
        const [whose] = await payerIds(reads(), 'lakeside', ids[i] as string);
        expect(parties.find(({ payer }: { payer: boolean }) => payer)).toMatchObject({
          party: whose,
          relation: 'owner',
        });
        expect(payers[0].mergedInto).toBe(whose === ids[i] ? undefined : whose);
      }
      // Everything is taken back, and heard, however late.
      for (let round = 0; round < ids.length; round++) for (const id of ids) await unmerge(id);
      await hears(...ids);
      expect(await Promise.all(units.map(linksOf))).toEqual(at);
      for (const id of units) {
        const journal = await w.registry.units.history('lakeside', id);
        const folded = journal.reduce<Unit | undefined>(
          (state, event) => unitType.fold(state, event as never),
          undefined,
        );
        expect(folded).toEqual((await w.registry.units.head('lakeside', id)).state);
      }
    }),
    runs(20),
  );
}, 120_000);
