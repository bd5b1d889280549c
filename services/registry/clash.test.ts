import { expect, test } from 'vitest';
import { ADMIN, world } from './testing.ts';

test('two who enter the same unit at the same moment make one', async () => {
  const w = world();
  await w.lakeside();
  const body = { building: '2号楼', number: '201', area: 70 };
  const enter = (key: string) => w.call(ADMIN, 'POST /sites/lakeside/units', body, key);
  const both = await Promise.all(['a', 'b'].map(enter));
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  // Who was too late is told so, and what is there once they ask again under their key.
  const late = both[0]?.status === 409 ? 'a' : 'b';
  expect(both.find(({ status }) => status === 409)?.body).toMatchObject({
    code: 'request.overtaken',
    title: expect.stringContaining('nothing was done'),
  });
  expect((await enter(late)).body).toMatchObject({ status: 422, code: 'unit.already-there' });
  expect((await w.admin('GET /sites/lakeside/units')).items).toHaveLength(1);
});
