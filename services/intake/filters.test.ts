import { expect, test } from 'vitest';
import { apiCaller } from '../../shared/testing/api-caller.ts';
import { DAY, MINUTE } from '../../shared/time/clock.ts';
import { routes } from './api.ts';
import { desk, SITE } from './testing.ts';

/** A desk with contacts of several kinds, each a minute after the one before. */
const busyDesk = async () => {
  const w = await desk();
  const call = apiCaller(routes, w.deps);
  const ids: Record<string, string> = {};
  const comes = async (name: string, body: object, who: 'li' | 'wang' = 'li') => {
    w.pass(MINUTE);
    ids[name] = (await w.ask(who, 'POST', body)).id;
  };
  const repair = (department = 'engineering') => ({ as: 'repair', department, words: 'It drips.' });
  await comes('dripping', { channel: 'call', rings: 1, unit: 'unt_a', outcome: repair() });
  await comes('waiting', { channel: 'visit', answered: false, unit: 'unt_b' });
  await comes('asked', { channel: 'call', rings: 1, promise: { replyBy: '2026-05-01T09:00:00Z' } }, 'wang');
  await comes('settled', { channel: 'call', rings: 1, outcome: { settled: true } });
  const asks = async (query: string, who = 'li') => {
    const { status, body } = await call(who, `GET /sites/${SITE}/contacts?${query}`);
    if (status !== 200) return body.errors ?? body.code;
    return body.items.map(({ id }: { id: string }) => Object.keys(ids).find((name) => ids[name] === id));
  };
  return { ...w, call, asks, comes, ids };
};

test('open ones are sought by what they are, several of a field at once', async () => {
  const { asks } = await busyDesk();
  expect(await asks('')).toEqual(['asked', 'waiting', 'dripping']);
  expect(await asks('channel=visit')).toEqual(['waiting']);
  expect(await asks('status=received,routed')).toEqual(['waiting', 'dripping']);
  expect(await asks('unit=unt_a,unt_b&channel=call')).toEqual(['dripping']);
  expect(await asks('department=engineering')).toEqual(['dripping']);
  expect(await asks('takenBy=wang')).toEqual(['asked']);
});

test('they are sorted by what is due first, and told from those that are late', async () => {
  const { asks, pass } = await busyDesk();
  expect(await asks('sort=due')).toEqual(['waiting', 'asked', 'dripping']);
  expect(await asks('late=true')).toEqual([]);
  pass(10 * MINUTE);
  expect(await asks('late=true')).toEqual(['waiting']);
  expect(await asks('late=false&sort=due')).toEqual(['asked', 'dripping']);
});

test('pages of what is sought hold each once', async () => {
  const { asks, call, comes } = await busyDesk();
  for (let n = 0; n < 5; n++) await comes(`call ${n}`, { channel: 'call', rings: 1 });
  for (const query of ['channel=call', 'channel=call&sort=due']) {
    const found: string[] = [];
    for (let after = ''; ; ) {
      const { body } = await call('li', `GET /sites/${SITE}/contacts?${query}&limit=2${after}`);
      found.push(...body.items.map(({ id }: { id: string }) => id));
      if (body.next === undefined) break;
      after = `&after=${body.next}`;
    }
    expect([query, found.length, new Set(found).size]).toEqual([query, 7, 7]);
  }
  expect(await asks('channel=call&sort=due&limit=1')).toHaveLength(1);
});

test('finished ones are sought by days and a field; otherwise it is said what is possible', async () => {
  const { asks, pass, comes } = await busyDesk();
  pass(2 * DAY);
  await comes('later', { channel: 'visit', outcome: { settled: true } });
  const days = (from: string, to: string) => `state=finished&from=${from}&to=${to}`;
  expect(await asks('state=finished')).toEqual(['later', 'settled']);
  expect(await asks(days('2026-05-01', '2026-05-02'))).toEqual(['settled']);
  expect(await asks(`${days('2026-05-01', '2026-05-03')}&channel=visit`)).toEqual(['later']);
  expect(await asks('state=finished&channel=visit')).toMatchObject([{ field: 'query.from' }]);
  expect(await asks('state=finished&sort=due')).toMatchObject([{ field: 'query.sort' }]);
  expect(await asks(days('2026-05-02', '2026-05-01'))).toMatchObject([{ field: 'query.to' }]);
  expect(await asks(days('2026-01-01', '2026-05-01'))).toMatchObject([{ field: 'query.to' }]);
  expect(await asks('from=2026-05-01')).toMatchObject([{ field: 'query.from' }]);
  for (const wrong of ['status=lost', 'channel=', 'colour=red', 'department=a%2Fb'])
    expect(await asks(wrong)).toMatchObject([{ field: expect.stringMatching(/^query/) }]);
});

test('nobody finds a case by what is kept from them', async () => {
  const { asks, comes } = await busyDesk();
  const about = { as: 'complaint', kind: 'noise', department: 'engineering', words: 'Loud.', confidential: true };
  await comes('quiet', { channel: 'call', rings: 1, unit: 'unt_z', outcome: about });
  expect(await asks('unit=unt_z')).toEqual(['quiet']);
  expect(await asks('unit=unt_z', 'chen')).toEqual([]);
});
