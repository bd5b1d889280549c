import * as fc from 'fast-check';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { MailRefused } from '../../shared/aws/ses.ts';
import { MINUTE } from '../../shared/time/clock.ts';
import type { Noticed } from './notifications.ts';
import type { MailKey } from './store.ts';
import { rung, startWorld, type World, world } from './testing.ts';

beforeAll(startWorld);
afterEach(() => {
  vi.restoreAllMocks();
});

/** Sue's sign-in is asked for: she hears of it at every address that is hers; there is nobody else to hear. */
const asked = async (left: string[]): Promise<World> => {
  const w = await world();
  w.left = { stf_sue: left };
  const { 'sit_lake supervisor': sue = [] } = w.roster;
  w.roster = { 'sit_lake supervisor': sue };
  await w.hear({
    ...rung('x', 1, ''),
    id: 'stf_sue.2',
    name: 'staff.sign-in-refused',
    site: '*',
    aggregate: 'stf_sue',
    by: 'stf_adm',
    data: { subject: 'x', grants: [], askedBy: 'stf_sue' },
  } as unknown as Noticed);
  return w;
};

/** Delivers what is queued until nothing comes again; answers how many times. */
const untilDone = async (w: World): Promise<number> => {
  const [message] = w.queue as [MailKey];
  for (let times = 1; ; times++) {
    if ((await w.deliver()) === 0) return times;
    w.queue.push(message);
    w.now += 6 * MINUTE;
  }
};

test('law: of many addresses each is mailed once, whichever of them has trouble, and however often', async () => {
  const troubles = fc.array(fc.nat(3), { minLength: 4, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(troubles, async (times) => {
      const w = await asked(['a@was.test', 'b@was.test', 'c@was.test']);
      const works = w.send;
      const left = new Map(
        ['sue@example.com', 'a@was.test', 'b@was.test', 'c@was.test'].map((to, i) => [to, times[i]]),
      );
      w.send = async (to, letter) => {
        const more = left.get(to) ?? 0;
        left.set(to, more - 1);
        if (more > 0) throw new Error('Throttling');
        return works(to, letter);
      };
      // One's trouble keeps no other waiting.
      expect(await untilDone(w)).toBe(1 + Math.max(...times));
      expect(w.mails.map(({ to }) => to).sort()).toEqual([...left.keys()].sort());
      expect(await w.list('stf_sue')).toMatchObject([{ mail: 'sent', messageId: 'm4' }]);
    }),
    { numRuns: 10 },
  );
});

test('one address that took it is enough to say so, also when another refuses it at a later try', async () => {
  const w = await asked(['a@was.test']);
  const works = w.send;
  let tries = 0;
  w.send = async (to, letter) => {
    if (to !== 'a@was.test') return works(to, letter);
    throw tries++ === 0 ? new Error('Throttling') : new MailRefused('address', 'MessageRejected');
  };
  expect(await untilDone(w)).toBe(2);
  expect(w.mails.map(({ to }) => to)).toEqual(['sue@example.com']);
  expect(await w.list('stf_sue')).toMatchObject([{ mail: 'sent', messageId: 'm1' }]);
});

test('a mail to one address is two writes, its claim and what came of it', async () => {
  const w = await asked([]);
  const send = vi.spyOn(w.inbox.doc, 'send');
  await w.deliver();
  expect(send.mock.calls.map(([command]) => command.constructor.name)).toEqual(['UpdateCommand', 'UpdateCommand']);
});

test('a message that another mailer works on comes again, and rings no alarm', async () => {
  const w = await asked([]);
  const [message] = w.queue as [MailKey];
  await w.inbox.claim(message, w.now);
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect(await w.deliver()).toBe(1);
  const lines = out.mock.calls.map(([line]) => JSON.parse(String(line)));
  expect(lines).toMatchObject([{ code: 'HY-MAI-4', error: 'NotYet' }]);
  expect(lines[0]).not.toHaveProperty('Failed');
});
