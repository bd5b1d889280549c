import { expect, test } from 'vitest';
import { apiCaller } from '../../shared/testing/api-caller.ts';
import { DAY } from '../../shared/time/clock.ts';
import { routes } from './api.ts';
import { desk, SITE } from './testing.ts';

const CALL = { channel: 'call', rings: 1 };

const numbered = async () => {
  const w = await desk();
  const call = apiCaller(routes, w.deps);
  const found = async (number: string) => {
    const { status, body } = await call('li', `GET /sites/${SITE}/contacts?number=${number}`);
    return status === 200 ? body.items.map((one: { number: string }) => one.number) : body.errors[0].field;
  };
  return { ...w, found };
};

test('contacts are numbered by the site’s day, also when one is sent twice', async () => {
  const w = await numbered();
  const number = async (key?: string) =>
    ((await w.ask('li', 'POST', CALL, key)) as unknown as { number: string }).number;
  expect([await number(), await number('once'), await number('once'), await number()]).toEqual([
    'JD0501-001',
    'JD0501-002',
    'JD0501-002',
    'JD0501-003',
  ]);
  w.pass(DAY);
  expect(await number()).toBe('JD0502-001');
});

test('of many that come at once each has a number of its own', async () => {
  const w = await numbered();
  const all = await Promise.all(Array.from({ length: 20 }, () => w.ask('li', 'POST', CALL)));
  expect(new Set(all.map((one) => (one as unknown as { number: string }).number)).size).toBe(20);
});

test('they are found by what people say of them, among the last 31 days', async () => {
  const w = await numbered();
  for (let n = 0; n < 3; n++) await w.ask('li', 'POST', CALL);
  w.pass(DAY);
  for (let n = 0; n < 2; n++) await w.ask('li', 'POST', CALL);
  expect(await w.found('2')).toEqual(['JD0502-002', 'JD0501-002']);
  expect(await w.found('jd002')).toEqual(['JD0502-002', 'JD0501-002']);
  expect(await w.found('1-2')).toEqual(['JD0501-002']);
  expect(await w.found('JD0501-3')).toEqual(['JD0501-003']);
  expect(await w.found('JD20260501-003')).toEqual(['JD0501-003']);
  expect(await w.found('TS1')).toEqual([]);
  expect(await w.found('9')).toEqual([]);
  expect(await w.found('x')).toBe('query.number');
  w.pass(40 * DAY);
  expect(await w.found('2')).toEqual([]);
  expect(await w.found('0501-2')).toEqual(['JD0501-002']);
});
