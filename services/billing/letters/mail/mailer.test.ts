import { beforeEach, describe, expect, test } from 'vitest';
import { MailRefused } from '../../../../shared/aws/ses.ts';
import { HOUR, MINUTE, SECOND } from '../../../../shared/time/clock.ts';
import { letterId } from '../letter.ts';
import { billed, dunned, NINE, wanted } from '../testing.ts';
import { notificationsFor } from '../testing-calls.ts';
import { type Office, office, SITE } from '../testing-office.ts';

let o: Office;
beforeEach(async () => {
  o = await office();
  await o.owner('pty_1', 'owner@example.com');
});

const DUNNED = letterId({ party: 'pty_1', run: undefined, day: '2026-11-11', part: 'email' }, 1);
const notice = (party: string) =>
  wanted({ kind: 'fee-notice', run: 'run_2026-11', party, accounts: [billed(party.replace('pty_', 'acc_1-'))] });
const noticeOf = (party: string) => letterId({ party, run: 'run_2026-11', day: '', part: 'email' }, 1);
const passes = async (ms: number) => {
  o.site.now += ms;
};
const dun = () => o.opens(NINE, wanted());

describe('opening', () => {
  test('what goes out by email waits a minute for the other accounts of its payer, and is one mail', async () => {
    await dun();
    await o.opens(
      NINE + SECOND,
      wanted({ kind: 'second-notice', accounts: [dunned('acc_2-1', 3_000, 'second-notice')] }),
    );
    await o.deliver();
    expect(o.mails).toHaveLength(0);
    await passes(MINUTE + SECOND);
    await o.deliver();
    expect(o.mails.map(({ to }) => to)).toEqual(['owner@example.com']);
    expect(o.mails[0]?.text).toContain('¥283.99');
    expect((await o.state(DUNNED)).kind).toBe('second-notice');
  });

  test('opening again, and a message again, mails nothing again', async () => {
    for (let i = 0; i < 3; i++) await dun();
    await passes(MINUTE);
    await o.deliver(3);
    expect(o.mails).toHaveLength(1);
    await dun();
    await passes(MINUTE);
    await o.deliver();
    expect(o.mails).toHaveLength(1);
  });

  test('what comes after the letter is out goes out in a second one', async () => {
    await dun();
    await passes(MINUTE);
    await o.deliver();
    const [second] = await o.opens(NINE + 2 * MINUTE, wanted({ accounts: [dunned('acc_2-1')] }));
    expect(second).toBe(`${DUNNED.slice(0, -1)}2`);
    await passes(5 * MINUTE);
    await o.deliver();
    expect(o.mails).toHaveLength(2);
  });

  test('a payer without an address gets paper at once, with the same deadline', async () => {
    await o.owner('pty_2');
    const [id = ''] = await o.opens(NINE, wanted({ party: 'pty_2' }));
    expect(await o.state(id)).toMatchObject({ status: 'to-print', onPaper: true });
    expect(o.queue).toEqual([]);
  });

  test('a payer of very many units gets several letters, and no unit is left out', async () => {
    const accounts = Array.from({ length: 900 }, (_, i) => billed(`acc_${i}-1`));
    const ids = await o.opens(NINE, { ...notice('pty_1'), accounts });
    const states = await Promise.all(ids.map((id) => o.state(id)));
    expect(states.map(({ lines }) => lines)).toEqual([400, 400, 100]);
  });
});

describe('sending', () => {
  const sent = async () => {
    await dun();
    await passes(MINUTE);
    await o.deliver();
  };

  test('a mail carries a link to its letter, and what it says is kept as a hash', async () => {
    await sent();
    expect(o.mails[0]?.html).toMatch(/https:\/\/api\.example\/n\/token-0x+/);
    expect(await o.state(DUNNED)).toMatchObject({
      status: 'sent',
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await o.events(DUNNED)).toEqual(['letter.opened', 'letter.claimed', 'letter.sent']);
  });

  test('a mailer that died before its moment was recorded is settled by what the mail service tells, without a second mail', async () => {
    o.service = () => {
      throw new Error('the function was killed');
    };
    await sent();
    expect((await o.state(DUNNED)).status).toBe('sending');
    await o.deliver();
    await o.delivered(DUNNED, NINE + MINUTE);
    expect(await o.state(DUNNED)).toMatchObject({ status: 'delivered', acceptedAt: NINE + MINUTE, owed: [] });
  });

  test('of what nobody tells for an hour a person decides; nothing is sent again blindly', async () => {
    o.service = () => {
      throw new Error('no answer');
    };
    await sent();
    await passes(HOUR - SECOND);
    await o.wakesUp(DUNNED);
    expect((await o.state(DUNNED)).status).toBe('sending');
    await passes(SECOND);
    await o.wakesUp(DUNNED);
    const { status, owed } = await o.state(DUNNED);
    expect({ status, owed: owed.map(({ duty }) => duty) }).toEqual({ status: 'unknown', owed: ['deliver', 'settle'] });
  });

  test('while the mail service is too busy for an hour nothing is lost, doubled or given up', async () => {
    let busy = true;
    o.service = () => {
      if (busy) throw new MailRefused('for-now', 'Throttling');
      return 'm1';
    };
    await o.opens(NINE, notice('pty_1'));
    let failed = 0;
    for (let minute = 0; minute < 120 && o.mails.length === 0; minute++) {
      busy = minute < 60;
      failed += await o.deliver();
      await passes(MINUTE);
    }
    expect(failed).toBe(0);
    expect(o.mails).toHaveLength(1);
    expect((await o.state(noticeOf('pty_1'))).status).toBe('sent');
  });

  test('an address that the mail service refuses means paper', async () => {
    o.service = () => {
      throw new MailRefused('address', 'InvalidParameterValue');
    };
    await sent();
    expect((await o.state(DUNNED)).status).toBe('to-print');
  });

  test('any other refusal rings, and the letter waits', async () => {
    o.service = () => {
      throw new MailRefused('other', 'MailFromDomainNotVerified');
    };
    await dun();
    await passes(MINUTE);
    expect(await o.deliver()).toBe(1);
    expect((await o.state(DUNNED)).status).toBe('queued');
  });

  test('a letter whose turn comes later waits for it in the queue, and reserves no second turn', async () => {
    let reserved = 0;
    o.pace.reserve = async (_site, _letter, now) => now + 40 * SECOND * ++reserved;
    await o.opens(NINE, notice('pty_1'));
    await o.deliver();
    expect(o.mails).toHaveLength(0);
    await passes(40 * SECOND);
    await o.deliver();
    expect([o.mails.length, reserved]).toEqual([1, 1]);
  });

  test('what turns out to go on paper takes no turn from others', async () => {
    let reserved = 0;
    o.pace.reserve = async (_site, _letter, now) => now + SECOND * reserved++;
    await o.opens(NINE, notice('pty_1'));
    await o.owner('pty_1');
    await o.deliver();
    expect([(await o.state(noticeOf('pty_1'))).status, reserved]).toEqual(['to-print', 0]);
  });

  test('in a long line a letter asks again by itself, the message of a wake-up only once; unqueued, each comes again', async () => {
    await o.opens(NINE, notice('pty_1'));
    o.pace.hasRoom = async () => false;
    await passes(HOUR);
    await o.wakesUp(noticeOf('pty_1'));
    expect(o.queue).toHaveLength(2);
    await o.deliver();
    expect(o.queue).toMatchObject([{ letter: noticeOf('pty_1'), site: SITE }]);
    await passes(15 * MINUTE);
    const { enqueue } = o;
    o.enqueue = async () => {
      throw new Error('the queue is away');
    };
    expect(await o.deliver()).toBe(1);
    expect((await o.state(noticeOf('pty_1'))).status).toBe('queued');
    o.enqueue = enqueue;
  });

  test('a letter that lost its message gets another after an hour', async () => {
    await dun();
    o.queue = [];
    await passes(HOUR);
    await o.wakesUp(DUNNED);
    await o.deliver();
    expect(o.mails).toHaveLength(1);
  });

  test('beyond three mails a day a payer gets paper the same day; a refused mail is none', async () => {
    const days = ['2026-08', '2026-09', '2026-10', '2026-11'];
    let first = true;
    o.service = () => {
      if (!first) return 'm';
      first = false;
      throw new MailRefused('for-now', 'Throttling');
    };
    for (const period of days) {
      await o.opens(o.site.now, {
        ...notice('pty_1'),
        run: `run_${period}`,
        accounts: [billed('acc_1-1', 100, period)],
      });
      await o.deliver();
      await passes(2 * MINUTE);
      await o.deliver();
    }
    const states = await Promise.all(
      days.map((period) => o.state(letterId({ party: 'pty_1', run: `run_${period}`, day: '', part: 'email' }, 1))),
    );
    expect(states.map(({ status }) => status)).toEqual(['sent', 'sent', 'sent', 'to-print']);
    await passes(24 * HOUR);
    await o.opens(o.site.now, { ...notice('pty_1'), run: 'run_2026-12', accounts: [billed('acc_1-1', 1, '2026-12')] });
    await o.deliver();
    expect(o.mails).toHaveLength(4);
  });
});

describe('a run', () => {
  const many = async (n: number, bounces: number) => {
    await o.site.setPolicy({ bounceStopFrom: 20, bounceStopPercent: 10 });
    const parties = Array.from({ length: n }, (_, i) => `pty_r${i}`);
    for (const party of parties) await o.owner(party, `${party}@example.com`);
    await o.opens(NINE, ...parties.slice(0, 20).map(notice));
    await o.deliver();
    for (const party of parties.slice(0, bounces)) await o.bounced(noticeOf(party));
    await o.opens(NINE, ...parties.slice(20).map(notice));
    return parties;
  };
  const stopped = async () => (await o.runMails.head(SITE, 'run_2026-11')).state;

  test('stops itself when too much of its mail came back, and says so to the centre manager', async () => {
    await many(24, 1);
    expect(await stopped()).toBeUndefined();
    await o.bounced(noticeOf('pty_r1'));
    expect(await stopped()).toMatchObject({ status: 'stopped', owed: [{ position: { role: 'centre-manager' } }] });
    await o.deliver();
    expect(o.mails).toHaveLength(20);
    expect((await o.state(noticeOf('pty_r21'))).status).toBe('queued');
  });

  test('goes on when somebody says so, and what came back before counts no more', async () => {
    await many(24, 2);
    await o.deliver();
    const call = notificationsFor(o);
    const path = `/sites/${SITE}/runs/run_2026-11/mail`;
    expect((await call('li', `POST ${path}/resume`, { words: 'x' })).status).toBe(403);
    await call('wang', `POST ${path}/resume`, { words: 'the list was old' });
    await o.hears('run_2026-11', 'runmail');
    await o.deliver();
    expect(o.mails).toHaveLength(24);
    await o.bounced(noticeOf('pty_r22'));
    const { body } = await call('li', `GET ${path}`);
    expect(body).toMatchObject({ letters: 24, queued: 0, sent: 24, bounced: 3, paper: 3, stopped: false });
  });

  test('or the rest goes on paper', async () => {
    await many(24, 2);
    await o.deliver();
    const call = notificationsFor(o);
    await call('wang', `POST /sites/${SITE}/runs/run_2026-11/mail/paper`, { words: 'print them' });
    await o.hears('run_2026-11', 'runmail');
    await o.deliver();
    expect(o.mails).toHaveLength(20);
    expect((await o.state(noticeOf('pty_r23'))).status).toBe('to-print');
  });
});
