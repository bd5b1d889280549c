import { beforeEach, describe, expect, test } from 'vitest';
import { notNamed } from '../../shared/directory/named.ts';
import { payerOf, payersOf } from '../../shared/directory/payer.ts';
import { payerOn, unitById } from '../../shared/directory/units.ts';
import { send } from './imports/testing.ts';
import { onPartyMerged } from './on-party-merged.ts';
import { ADMIN, NOON, world } from './testing.ts';
import { unitType } from './unit.ts';

const SITE = '/sites/lakeside';
const REASON = { reason: '录入两次' };
let w: ReturnType<typeof world>;
beforeEach(async () => {
  w = world();
  await w.lakeside();
});

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
/** What the bus brings, twice: everything comes at least once. */
const hear = async (id: string) => {
  const [event] = (await w.registry.parties.history('lakeside', id)).filter(({ name }) => name === 'party.merged');
  for (let n = 0; n < 2; n++) await onPartyMerged.handle(event as never, { registry: w.registry });
};
const merge = async (id: string, into: string) => {
  const done = await post(`parties/${id}/merge`, { into, sure: true });
  if (done.status === 200) await hear(id);
  return done;
};
const reads = () => ({ doc: w.doc, registry: 'registry' });

describe('two parties that are one', () => {
  test('the one that stays has the contact ways and the units of both, and each names the other', async () => {
    const [goes, stays] = [await enter('张三', '13900000001', '13900000002'), await enter('张 三', '13900000002')];
    const [one, two, three] = [await flat('101'), await flat('102'), await flat('103')];
    await link(one, goes, { payer: true });
    await link(two, stays, { payer: true });
    await link(three, goes, { relation: 'tenant' });
    await link(three, stays);
    expect(await merge(goes, stays)).toMatchObject({ status: 200, body: { mergedInto: { party: stays } } });

    const kept = await party(stays);
    expect(kept).toMatchObject({ name: '张 三', absorbed: [{ party: goes, by: 'system:admin' }] });
    expect(kept.contacts.map(({ value }: { value: string }) => value)).toEqual(['139 0000 0002', '139 0000 0001']);
    expect(kept.units.map((held: { unit: string }) => held.unit).sort()).toEqual([one, two, three].sort());
    const gone = await party(goes);
    expect(gone).toMatchObject({ name: '张三', units: [], mergedInto: { party: stays, by: 'system:admin' } });
    expect((await unit(one)).parties).toEqual([{ party: stays, relation: 'owner', payer: true }]);
    expect((await unit(three)).parties).toMatchObject([{ party: stays, relation: 'owner', payer: false }]);
    const { items } = await w.admin(`GET ${SITE}/parties`);
    expect(items.map(({ id }: { id: string }) => id)).toEqual([stays]);
  });

  test('an account goes on as it was, and is written to where the one that stayed is: nothing is billed or dunned anew', async () => {
    const [goes, stays] = [await enter('张三', '13900000001'), await enter('张三', '13900000002')];
    const one = await flat('101');
    await link(one, goes, { payer: true });
    const before = (await unit(one)).payers;
    await merge(goes, stays);
    expect((await unit(one)).payers).toEqual([{ ...before[0], mergedInto: stays }]);
    const card = await payerOf(reads(), 'lakeside', goes);
    expect(card).toEqual(await payerOf(reads(), 'lakeside', stays));
    expect(card).toMatchObject({ party: stays, merged: [goes], phones: [{}, {}] });
    expect([...(await payersOf(reads(), 'lakeside', [goes, stays])).values()]).toEqual([card, card]);
    await w.admin(`PUT ${SITE}/parties/${stays}`, { name: '张三丰', contacts: [] });
    expect(await payerOf(reads(), 'lakeside', goes)).toMatchObject({ party: stays, phones: [] });
    // Since when is corrected: the account stays the one there is.
    await link(one, stays, { payer: true, since: '2026-03-01' });
    expect((await unit(one)).payers).toEqual([{ party: goes, from: '2026-03-01', mergedInto: stays }]);
    // A sale ends it as any other.
    const buyer = await enter('李四', '13900000003');
    await link(one, buyer, { payer: true, since: '2026-05-01' });
    const { payers } = await unit(one);
    expect([payerOn(payers, '2026-04-30'), payerOn(payers, '2026-05-01')]).toEqual([goes, buyer]);
    const history = await w.registry.units.history('lakeside', one);
    const head = await w.registry.units.head('lakeside', one);
    expect(history.reduce<unknown>((state, event) => unitType.fold(state as never, event as never), undefined)).toEqual(
      head.state,
    );
  });

  test('a sheet finds the one that stayed, however they were known', async () => {
    await flat('101');
    const sheet = (name: string, phone: string) => `楼栋,房号,姓名,电话\n1,101,${name},${phone}\n`;
    await send(w, 'parties', sheet('张三', '13900000001'));
    const [{ id: goes }] = (await w.admin(`GET ${SITE}/parties`)).items;
    const stays = await enter('张三丰', '13900000002');
    await merge(goes, stays);
    for (const row of [sheet('张三', '13900000001'), sheet('张三丰', '+86 13900000002')]) {
      const { bad } = (await send(w, 'parties', row, { dryRun: true })).body;
      expect(bad).toMatchObject([{ rule: 'import.ways-more' }]);
    }
    const again = { name: '张三', contacts: [{ way: 'phone', value: '13900000001' }] };
    expect((await post('parties', again)).body).toMatchObject({
      code: 'party.already-there',
      details: { party: stays },
    });
    // What the one that stayed is corrected to is theirs to change, the ways that came with the other included.
    const contacts = [{ way: 'phone', value: '13900000001' }];
    expect((await w.admin(`PUT ${SITE}/parties/${stays}`, { name: '张三', contacts })).name).toBe('张三');
  });

  test('asked again it is the same answer; chains end at whoever stayed, in whatever order units follow', async () => {
    const [a, b, c] = [await enter('甲', '13900000001'), await enter('乙', '13900000002'), await enter('丙')];
    const one = await flat('101');
    await link(one, a, { payer: true });
    const first = await post(`parties/${a}/merge`, { into: b, sure: true }, 'once');
    expect((await post(`parties/${b}/merge`, { into: c, sure: true })).status).toBe(200);
    expect(await post(`parties/${a}/merge`, { into: b, sure: true }, 'once')).toEqual(first);
    await hear(b);
    await hear(a);
    expect((await unit(one)).parties).toEqual([{ party: c, relation: 'owner', payer: true }]);
    expect(await payerOf(reads(), 'lakeside', a)).toMatchObject({ party: c, merged: [b, a], phones: [{}, {}] });
    await link(one, c, { payer: true, since: '2026-01-01' });
    expect((await unit(one)).payers).toEqual([{ party: a, from: '2026-01-01', mergedInto: c }]);
  });

  test('what cannot be merged is refused, and a merged one takes nothing any more', async () => {
    const [a, b, c] = [await enter('甲', '13900000001'), await enter('乙'), await enter('丙')];
    await w.admin('POST /sites', { id: 'westgate', name: 'West', timeZone: 'America/New_York', departments: [] });
    const elsewhere = (await w.admin('POST /sites/westgate/parties', { name: 'Somebody' })).id;
    const code = async (id: string, into: string) =>
      (await post(`parties/${id}/merge`, { into, sure: true })).body.code;
    expect(await code(a, a)).toBe('party.merge-itself');
    expect(await code(a, elsewhere)).toBe('request.not-found');
    expect(await code(elsewhere, a)).toBe('request.not-found');
    await merge(a, b);
    expect(await post(`parties/${a}/merge`, { into: c, sure: true })).toMatchObject({
      status: 422,
      body: { code: 'party.merged', details: { party: b } },
    });
    expect(await code(b, a)).toBe('party.merge-gone');
    const one = await flat('101');
    expect((await link(one, a)).body.code).toBe('party.merged');
    expect((await w.call(ADMIN, `PUT ${SITE}/parties/${a}`, { name: '丁' })).body.code).toBe('party.merged');
    const phone = { way: 'phone', value: '13900000009' };
    expect((await post(`parties/${a}/contacts`, phone)).body.code).toBe('party.merged');
    expect((await post(`parties/${a}/withdraw`, REASON)).body.code).toBe('party.merged');
    const many = (from: number) => Array.from({ length: 6 }, (_, n) => `1390000${from + n}`);
    const both = [await enter('戊', ...many(1000)), await enter('己', ...many(2000))] as const;
    expect(await code(...both)).toBe('party.too-many-contacts');
    await w.hire('li', { site: 'lakeside', role: 'agent' });
    expect((await w.call('li', `POST ${SITE}/parties/${b}/merge`, { into: c, sure: true })).status).toBe(403);
  });
});

test('nobody is withdrawn into whose hands units still come, and nothing is linked to whoever is being withdrawn', async () => {
  const [goes, stays] = [await enter('张三', '13900000001'), await enter('张三丰', '13900000002')];
  const one = await flat('101');
  await link(one, goes, { payer: true });
  await post(`parties/${goes}/merge`, { into: stays, sure: true });
  const withdraw = () => post(`parties/${stays}/withdraw`, REASON, 'once');
  expect((await withdraw()).body.code).toBe('party.holds-units');
  await hear(goes);
  expect((await unit(one)).parties).toMatchObject([{ party: stays }]);
  expect((await withdraw()).body.code).toBe('party.holds-units');
  await post(`units/${one}/parties/${stays}/end`, {});
  // Somebody links it after it was seen that it holds nothing: one of the two is refused, whichever comes first.
  const { publishedPage } = w.registry;
  let linked: Awaited<ReturnType<typeof link>> | undefined;
  w.registry.publishedPage = async (...asked) => {
    const page = await publishedPage(...asked);
    linked ??= await link(one, stays);
    return page;
  };
  const done = await withdraw();
  w.registry.publishedPage = publishedPage;
  expect([done.status, linked?.status].filter((status) => status === 200)).toHaveLength(1);
  expect((await party(stays)).units).toHaveLength(linked?.status === 200 ? 1 : 0);
  expect((await link(one, await enter('王五', '13900000005'))).status).toBe(200);
}, 20_000);

test('a merge that would make somebody of a third party is refused by its name', async () => {
  const [goes, stays] = [await enter('张三', '13900000001'), await enter('张三丰', '13900000002')];
  const third = await enter('张三丰', '13900000001');
  const refused = { status: 422, body: { code: 'party.already-there', details: { party: third } } };
  expect(await post(`parties/${goes}/merge`, { into: stays, sure: true })).toMatchObject(refused);
  expect((await merge(third, stays)).status).toBe(200);
  expect((await merge(goes, stays)).status).toBe(200);
}, 20_000);

describe('what was entered by mistake', () => {
  test('a party goes from lists and is nobody who is known, and says who withdrew it and why', async () => {
    const id = await enter('张三', '13900000001');
    const one = await flat('101');
    await link(one, id);
    expect((await post(`parties/${id}/withdraw`, REASON)).body.code).toBe('party.holds-units');
    await post(`units/${one}/parties/${id}/end`, {});
    const done = await post(`parties/${id}/withdraw`, REASON, 'once');
    const withdrawn = { at: new Date(NOON).toISOString(), by: 'system:admin', reason: REASON.reason };
    expect(done).toMatchObject({ status: 200, body: { withdrawn } });
    expect(await post(`parties/${id}/withdraw`, REASON, 'once')).toEqual(done);
    expect(await party(id)).toMatchObject({ name: '张三', withdrawn });
    expect((await w.admin(`GET ${SITE}/parties`)).items).toEqual([]);
    expect((await post(`parties/${id}/withdraw`, REASON)).body.code).toBe('party.withdrawn');
    expect((await link(one, id)).body.code).toBe('party.withdrawn');
    const named = (some: string) => notNamed(reads(), 'lakeside', [{ is: 'party', id: some, field: 'body.party' }]);
    expect(await named(id)).toMatchObject({ fields: [{ field: 'body.party' }] });
    expect(await payerOf(reads(), 'lakeside', id)).toMatchObject({ party: id, phones: [{}], withdrawn: true });
    const anew = await enter('张三', '13900000001');
    expect(await named(anew)).toBeUndefined();
    expect(anew).not.toBe(id);
    expect((await post(`parties/${anew}/merge`, { into: id, sure: true })).body.code).toBe('party.merge-gone');
    const journal = JSON.stringify(await w.registry.parties.history('lakeside', id));
    expect(journal).toContain('party.withdrawn');
    expect(journal).not.toContain(REASON.reason);
  });

  test('a unit goes from the directory, and can be entered anew', async () => {
    const id = await enter('张三', '13900000001');
    const one = await flat('101');
    await link(one, id, { payer: true });
    expect((await post(`units/${one}/withdraw`, REASON)).body.code).toBe('unit.held');
    await post(`units/${one}/parties/${id}/end`, {});
    expect((await post(`units/${one}/withdraw`, REASON)).body.code).toBe('unit.paid-for');
    // As the refusal advises.
    await link(one, id, { payer: true, since: '1990-01-01' });
    await post(`units/${one}/parties/${id}/end`, { until: '1990-01-01' });
    const card = { withdrawn: { by: 'system:admin', reason: REASON.reason } };
    expect(await post(`units/${one}/withdraw`, REASON)).toMatchObject({ status: 200, body: card });
    expect(await w.admin(`GET /sites/lakeside/units/${one}`)).toMatchObject(card);
    expect((await w.admin(`GET ${SITE}/units`)).items).toEqual([]);
    expect(await unit(one)).toMatchObject({ number: '101', withdrawn: { by: 'system:admin' } });
    expect((await link(one, id)).body.code).toBe('unit.withdrawn');
    expect((await post(`units/${one}/withdraw`, REASON)).body.code).toBe('unit.withdrawn');
    // Bills are taken back however late that is heard of; nobody names it anew.
    expect(await unitById(reads(), 'lakeside', one)).toMatchObject({ payers: [{}, { from: '1990-01-01' }] });
    const named = await notNamed(reads(), 'lakeside', [{ is: 'unit', id: one, field: 'body.unit' }]);
    expect(named).toMatchObject({ fields: [{ field: 'body.unit' }] });
    expect(await flat('101')).not.toBe(one);
  });
});
