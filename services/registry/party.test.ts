import { expect, test } from 'vitest';
import { payerOf, payersOf } from '../../shared/directory/payer.ts';
import { world } from './testing.ts';

const PHONE = { way: 'phone', value: '13900000001' };
const HOME = { way: 'email', value: 'home@example.test' };
const WORK = { way: 'email', value: 'work@example.test' };

const withSites = async () => {
  const w = world();
  await w.lakeside();
  await w.admin('POST /sites', { id: 'westgate', name: 'Westgate', timeZone: 'America/New_York', departments: [] });
  const reads = { doc: w.doc, registry: 'registry' };
  const enter = async (contacts: object[], more: object = {}, site = 'lakeside'): Promise<string> =>
    (await w.admin(`POST /sites/${site}/parties`, { name: '测试甲', contacts, ...more })).id;
  /** The card with its references looked up. */
  const card = async (party: string, site = 'lakeside') => {
    const found = await payerOf(reads, site, party);
    if (!found) return undefined;
    const { name, emails, phones, ...rest } = found;
    const texts = await w.deps.personal.read(site, [name, ...[...emails, ...phones].map(({ value }) => value)]);
    const read = (ways: typeof emails) => ways.map(({ value }) => texts.get(value.ref));
    return { ...rest, name: texts.get(name.ref), emails: read(emails), phones: read(phones) };
  };
  return { ...w, reads, enter, card };
};

test('who bills finds how a party is reached about fees: ways given for fees before those for service, no others', async () => {
  const { enter, card } = await withSites();
  const party = await enter([
    { ...PHONE, purposes: ['greetings'] },
    { ...WORK, purposes: ['service'] },
    { ...HOME, purposes: ['fees', 'greetings'] },
  ]);
  expect(await card(party)).toEqual({
    party,
    name: '测试甲',
    language: 'zh-CN',
    emails: ['home@example.test', 'work@example.test'],
    phones: [],
  });
});

test('the card follows every correction, and holds no text itself', async () => {
  const { admin, enter, card, reads } = await withSites();
  const party = await enter([{ ...HOME, purposes: ['fees'] }]);
  const contacts = [
    { ...PHONE, purposes: ['fees'] },
    { ...WORK, purposes: ['fees'] },
  ];
  await admin(`PUT /sites/lakeside/parties/${party}`, { name: '测试乙', contacts });
  const corrected = { name: '测试乙', emails: ['work@example.test'], phones: ['139 0000 0001'] };
  expect(await card(party)).toMatchObject(corrected);
  expect(JSON.stringify(await payerOf(reads, 'lakeside', party))).not.toMatch(/测试|1390000|example/);
});

test('a party is written to in the language of the site, unless it asks for another', async () => {
  const { admin, enter, card } = await withSites();
  const here = await enter([HOME]);
  const there = await enter([HOME], {}, 'westgate');
  const asked = await enter([WORK], { language: 'en' });
  expect(await card(here)).toMatchObject({ language: 'zh-CN' });
  expect(await card(there, 'westgate')).toMatchObject({ language: 'en' });
  expect(await card(asked)).toMatchObject({ language: 'en' });
  const path = `/sites/lakeside/parties/${asked}`;
  expect(await admin(`PUT ${path}`, { name: '测试丙', contacts: [WORK] })).toMatchObject({ language: 'en' });
  await admin(`PUT ${path}`, { name: '测试丙', contacts: [WORK], language: 'zh-CN' });
  expect(await card(asked)).toMatchObject({ name: '测试丙', language: 'zh-CN' });
});

test('many cards are read at once; a party of another site has none here', async () => {
  const { enter, reads } = await withSites();
  const here = [await enter([HOME]), await enter([WORK])];
  const there = await enter([HOME], {}, 'westgate');
  const cards = await payersOf(reads, 'lakeside', [...here, there, 'pty_nobody']);
  expect([...cards.keys()].sort()).toEqual(here.sort());
  expect(await payerOf(reads, 'lakeside', there)).toBeUndefined();
});
