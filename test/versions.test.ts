import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Caller, Problem } from '../local/client.ts';
import { entersHome } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import { expectSound } from './support/sound.ts';
import { MINUTE, startWorld, type World } from './support/world.ts';

let world: World;
let [agent, colleague]: Caller[] = [];
const PATH = '/sites/lakeside/contacts';
/** Somebody waits at the desk. */
const waits = async () => (await agent!.post(PATH, { channel: 'visit', answered: false }, fresh())).id as string;
const refusal = (does: Promise<unknown>) =>
  does.then(
    () => undefined,
    (error) => {
      if (!(error instanceof Problem)) throw error;
      return { status: error.status, code: error.body.code, details: error.body.details };
    },
  );

beforeAll(async () => {
  world = await startWorld();
  [agent, colleague] = await Promise.all(['lakeside-agent-1', 'lakeside-agent-2'].map((sub) => world.as(sub)));
});
afterAll(() => world?.stop());

it('tells the second of two who saw the same that somebody was there before', async () => {
  const id = await waits();
  const { version } = await agent!.get(`${PATH}/${id}`);
  await agent!.post(`${PATH}/${id}/answer`, {}, fresh(), version);
  const no = await refusal(
    colleague!.post(`${PATH}/${id}/promise`, { replyBy: '2026-03-03T02:00:00Z' }, fresh(), version),
  );
  expect(no).toEqual({ status: 412, code: 'request.changed', details: { version: version + 1, seen: version } });
});

it('answers a command again under its key, though the case has gone on', async () => {
  const id = await waits();
  const key = fresh();
  const first = await agent!.post(`${PATH}/${id}/answer`, {}, key, 1);
  await agent!.post(`${PATH}/${id}/promise`, { replyBy: '2026-03-03T02:00:00Z' }, fresh(), first.version);
  const again = await agent!.post(`${PATH}/${id}/answer`, {}, key, 1);
  // What can be done is said as of today.
  expect({ ...again, actions: [] }).toEqual({ ...first, actions: [] });
});

it('goes on where only the clock has spoken since', async () => {
  const id = await waits();
  const { version } = await agent!.get(`${PATH}/${id}`);
  await world.passes(20 * MINUTE);
  const after = await agent!.get(`${PATH}/${id}`);
  expect(after.history.at(-1)).toMatchObject({ event: 'contact.missed' });
  expect(await agent!.post(`${PATH}/${id}/answer`, {}, fresh(), version)).toMatchObject({ version: after.version + 1 });
});

it('keeps a flat, an owner and a member of staff from being overwritten unseen', async () => {
  const { unit, party } = await entersHome(world, { number: '101' });
  const admin = await world.as('admin');
  const change: [path: string, fields: string[], change: object][] = [
    [`/sites/lakeside/units/${unit}`, ['building', 'number', 'kind', 'state', 'area'], { area: 88 }],
    [`/sites/lakeside/parties/${party}`, ['name', 'language'], { name: '新名' }],
    ['/sites/lakeside', ['name', 'departments'], { name: '新翠湖' }],
    [
      `/staff/${world.staff('lakeside-agent-1')}`,
      ['name', 'language', 'subject', 'grants', 'email'],
      { name: '新同事' },
    ],
  ];
  for (const [path, fields, other] of change) {
    const { version, ...seen } = await admin.get(path);
    const wanted = Object.fromEntries(fields.map((name) => [name, seen[name]]));
    await admin.put(path, { ...wanted, ...other }, fresh(), version);
    const no = await refusal(admin.put(path, wanted, fresh(), version));
    expect([path, no]).toMatchObject([path, { status: 412, code: 'request.changed' }]);
  }
});

it('leaves everything sound', () => expectSound(world));
