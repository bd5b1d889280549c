import { beforeEach, expect, test } from 'vitest';
import { reachOf } from '../../shared/people/access.ts';
import { HOUR } from '../../shared/time/clock.ts';
import { world } from './testing.ts';

const AGENT = { site: 'lakeside', role: 'agent' };
const EVERYWHERE = { site: '*', role: 'administrator' };

let w: ReturnType<typeof world>;
let ann: string;
let asker: string;

beforeEach(async () => {
  w = world();
  await w.lakeside();
  ann = (await w.hire('ann', AGENT)).id;
  asker = (await w.hire('asker', EVERYWHERE)).id;
  for (const who of ['boss', 'deputy']) await w.hire(who, EVERYWHERE);
  // Administrators are nobody's second person on the day they are entered.
  w.now += 25 * HOUR;
});

const puts = (email: string) =>
  w.call('boss', `PUT /staff/${ann}`, { name: '员工 ann', subject: 'ann', grants: [AGENT], email });
const signIn = (who: string, what = '', body: object = { reason: 'A new phone.' }) =>
  w.call(who, `POST /staff/${ann}/sign-in${what}`, { subject: 'ann-new', ...body });

/** Something is done after the next command on staff has decided, and before it writes. */
const before = (done: () => Promise<unknown>) => {
  const { staff } = w.registry;
  const { write } = staff;
  staff.write = async (...of) => {
    staff.write = write;
    await done();
    return write(...of);
  };
};

/** Where mail goes to, by what the registry publishes. */
const published = async () => ({
  reach: (await reachOf({ doc: w.doc, registry: 'registry' }, ann, w.now))?.emails.sort(),
  roster: (await w.registry.publishedPage('roster#lakeside', 10)).items.map(({ email }) => email),
});
const BOTH = ['ann@example.test', 'new@example.test'];

test.each([
  [
    'activated',
    async () => {
      await w.call('boss', `POST /staff/${ann}/deactivate`);
      return () => w.call('boss', `POST /staff/${ann}/activate`);
    },
  ],
  ['asked a sign-in for', async () => () => signIn('boss')],
  [
    'given a sign-in',
    async () => {
      await signIn('asker');
      return () => signIn('deputy', '/decide', { agree: true });
    },
  ],
])('whoever is %s while their address is changed is reached at the new one', async (_, prepared) => {
  const does = await prepared();
  before(() => puts('new@example.test'));
  expect((await does()).status).toBe(200);
  expect(await published()).toEqual({ reach: BOTH, roster: ['new@example.test'] });
});

test('of two changes of an address at once, each that was given up goes on hearing', async () => {
  before(() => puts('first@example.test'));
  expect((await puts('new@example.test')).status).toBe(200);
  expect(await published()).toEqual({
    reach: ['ann@example.test', 'first@example.test', 'new@example.test'],
    roster: ['new@example.test'],
  });
});

test('who asks again while it is decided is the one whose own sign-in counts', async () => {
  await signIn('boss');
  before(async () => {
    await w.call('boss', `POST /staff/${asker}/sign-in`, { subject: 'asker-2', reason: 'A new phone.' });
    await signIn('asker');
    await w.call('the-admin', `POST /staff/${asker}/sign-in/decide`, { subject: 'asker-2', agree: true });
  });
  expect((await signIn('deputy', '/decide', { agree: true })).body.code).toBe('second-person.began-as-another');
});
