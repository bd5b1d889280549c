import { expect, test } from 'vitest';
import { rightsOf } from './rights.ts';
import { world } from './testing.ts';

const li = (...grants: { site: string; role: 'agent' | 'site-director' | 'administrator' }[]) => ({
  ...{ staff: 'stf_li', active: true, language: 'en' as const },
  grants,
});

test('what somebody may is what the routes say, sites where it is the same together', () => {
  const agent = { role: 'agent' } as const;
  const rights = rightsOf(li({ site: 'a', ...agent }, { site: 'b', ...agent }, { site: 'c', role: 'site-director' }));
  expect(rights.map(({ sites }) => sites)).toEqual([[], ['a', 'b'], ['c']]);
  const [anywhere, desk, director] = rights.map(({ may }) => may) as [string[], string[], string[]];
  expect(desk).toContain('POST /sites/{site}/contacts');
  expect(desk).not.toContain('POST /sites/{site}/runs');
  expect(director).not.toContain('POST /sites/{site}/contacts');
  expect(anywhere).toEqual(expect.arrayContaining(['GET /inbox', 'POST /staff']));
  expect(rightsOf(li({ site: 'a', ...agent }))[0]?.may).not.toContain('POST /staff');
  expect(rightsOf(li({ site: '*', role: 'administrator' }))[1]).toMatchObject({ sites: ['*'] });
});

test('whoever signs in is told', async () => {
  const w = world();
  await w.lakeside();
  await w.hire('ann', { site: 'lakeside', role: 'agent' });
  const { rights } = (await w.call('ann', 'GET /me')).body;
  expect(rights[1]).toMatchObject({ sites: ['lakeside'], may: expect.arrayContaining(['GET /sites/{site}/contacts']) });
});
