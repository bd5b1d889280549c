import { beforeEach, expect, test } from 'vitest';
import { world } from './testing.ts';

const mail = (value: string, more: object = {}) => ({ way: 'email', value, purposes: ['fees'], ...more });

let w: ReturnType<typeof world>;
beforeEach(async () => {
  w = world();
  await w.lakeside();
});
const register = async (...contacts: object[]): Promise<string> =>
  (await w.admin('POST /sites/lakeside/parties', { name: '测试甲', contacts })).id;
const corrects = (party: string, ...contacts: object[]) =>
  w.admin(`PUT /sites/lakeside/parties/${party}`, { name: '测试甲', contacts });
/** The addresses that are told they are used no more, by event. */
const left = async (party: string) => {
  const events = await w.registry.parties.history('lakeside', party);
  return Promise.all(
    events.slice(1).map(async ({ data }) => {
      const refs = ((data as { left?: { address: { ref: string; hash: string } }[] }).left ?? []).map(
        ({ address }) => address,
      );
      return [...(await w.deps.personal.read('lakeside', refs)).values()];
    }),
  );
};

test('who gave another address is told so at the old one, whichever way it was corrected', async () => {
  const party = await register(mail('a@example.test'));
  await corrects(party, mail('b@example.test'));
  await w.admin(`POST /sites/lakeside/parties/${party}/contacts`, {
    way: 'email',
    value: 'c@example.test',
    replaces: 'b@example.test',
  });
  expect(await left(party)).toEqual([['a@example.test'], ['b@example.test']]);
  expect(JSON.stringify(await w.registry.parties.history('lakeside', party))).not.toContain('example.test');
});

test('the old one is told, too, where the change is made in steps', async () => {
  const party = await register(mail('a@example.test'), mail('b@example.test', { consent: true }));
  // Removed first, and another given later.
  await corrects(party, mail('b@example.test', { consent: true }));
  await corrects(party, mail('b@example.test', { consent: true }), mail('c@example.test'));
  // Its consent taken back first.
  await corrects(party, mail('b@example.test', { consent: false }), mail('c@example.test'));
  await corrects(party, mail('c@example.test'), mail('d@example.test'));
  // Another added first.
  await corrects(party, mail('d@example.test'));
  await corrects(party);
  expect(await left(party)).toEqual([
    ['a@example.test'],
    [],
    [],
    ['b@example.test'],
    ['c@example.test'],
    ['d@example.test'],
  ]);
});

test('so many mails an hour one person causes by it; one address more is refused until the hour is over', async () => {
  await w.admin('POST /sites/lakeside/policies', { overrides: { mailsPerHour: 2 } });
  w.now += 61_000;
  const party = await register(mail('a@example.test'), mail('b@example.test'));
  await corrects(party, mail('c@example.test'));
  const { status, body } = await w.call('the-admin', `PUT /sites/lakeside/parties/${party}`, {
    name: '测试甲',
    contacts: [mail('d@example.test')],
  });
  expect([status, body.code]).toEqual([429, 'limit.mails']);
  w.now += 3_600_000;
  await corrects(party, mail('d@example.test'));
});
