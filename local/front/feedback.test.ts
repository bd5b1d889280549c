import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../clock.ts';
import type { EventEntry } from '../gateway/services.ts';
import { openKept } from '../kept.ts';
import { START, testClock } from '../triggers/testing.ts';
import type { Mailbox } from './mailbox.ts';
import { mailForm, openMailbox } from './testing.ts';

describe('what SES tells about a mail', () => {
  let clock: Clock;
  let mailbox: Mailbox;
  let told: { at: number; entry: EventEntry }[];
  const note = (entry: EventEntry) => void told.push({ at: clock.now() - START, entry });
  beforeEach(async () => {
    told = [];
    clock = testClock();
    mailbox = await openMailbox(clock, note);
  });
  afterEach(async () => {
    await mailbox.stop();
    clock.stop();
  });
  const letter = { ConfigurationSetName: 'letters', 'Tags.member.1.Name': 'letter', 'Tags.member.1.Value': 'l1' };
  const send = async (to: string[], more: Record<string, string> = letter) =>
    (await mailbox.send(mailForm('回音 <desk@huiyin.example>', to, more))).messageId;
  const details = () => told.map(({ entry }) => JSON.parse(entry.detail));
  const story = () => told.map(({ at, entry }) => [at / 1000, entry.detailType]);

  it('tells of the sending at once and of the delivery seconds later, on the default bus, as SES does', async () => {
    const messageId = await send(['success+1@simulator.amazonses.com']);
    expect(story()).toEqual([[0, 'Email Sent']]);
    await clock.advance({ by: 60_000 });
    expect(story()).toEqual([
      [0, 'Email Sent'],
      [2, 'Email Delivered'],
    ]);
    expect(told[1]!.entry).toMatchObject({
      bus: 'default',
      source: 'aws.ses',
      resources: ['arn:aws:ses:us-east-1:000000000000:configuration-set/letters'],
    });
    const mail = {
      timestamp: '2026-03-01T00:00:00.000Z',
      source: '回音 <desk@huiyin.example>',
      sourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/huiyin.example',
      sendingAccountId: '000000000000',
      messageId,
      destination: ['success+1@simulator.amazonses.com'],
      headersTruncated: false,
      headers: [
        { name: 'From', value: '回音 <desk@huiyin.example>' },
        { name: 'To', value: 'success+1@simulator.amazonses.com' },
        { name: 'Subject', value: '回音' },
      ],
      commonHeaders: {
        from: ['回音 <desk@huiyin.example>'],
        to: ['success+1@simulator.amazonses.com'],
        messageId,
        subject: '回音',
      },
      tags: {
        'ses:operation': ['SendEmail'],
        'ses:configuration-set': ['letters'],
        'ses:from-domain': ['huiyin.example'],
        letter: ['l1'],
      },
    };
    expect(details()).toEqual([
      { eventType: 'Send', mail, send: {} },
      {
        eventType: 'Delivery',
        mail,
        delivery: {
          timestamp: '2026-03-01T00:00:02.000Z',
          processingTimeMillis: 2000,
          recipients: ['success+1@simulator.amazonses.com'],
          smtpResponse: '250 2.6.0 Message received',
          reportingMTA: 'smtp-out.amazonses.com',
        },
      },
    ]);
  });

  it('bounces an unknown and a suppressed address for good', async () => {
    await send(['bounce+x@simulator.amazonses.com']);
    await send(['suppressionlist@simulator.amazonses.com']);
    await clock.advance({ by: 60_000 });
    expect(story().map(([, type]) => type)).toEqual(['Email Sent', 'Email Sent', 'Email Bounced', 'Email Bounced']);
    expect(details().slice(2)).toMatchObject([
      {
        eventType: 'Bounce',
        bounce: {
          bounceType: 'Permanent',
          bounceSubType: 'General',
          bouncedRecipients: [
            {
              emailAddress: 'bounce+x@simulator.amazonses.com',
              action: 'failed',
              status: '5.1.1',
              diagnosticCode: 'smtp; 550 5.1.1 user unknown',
            },
          ],
          timestamp: '2026-03-01T00:00:03.000Z',
        },
      },
      { bounce: { bounceType: 'Permanent', bounceSubType: 'Suppressed' } },
    ]);
  });

  it('delivers before somebody complains', async () => {
    await send(['complaint@simulator.amazonses.com']);
    await clock.advance({ by: 60_000 });
    expect(story()).toEqual([
      [0, 'Email Sent'],
      [2, 'Email Delivered'],
      [10, 'Email Complaint Received'],
    ]);
    expect(details()[2]).toMatchObject({
      eventType: 'Complaint',
      complaint: {
        complainedRecipients: [{ emailAddress: 'complaint@simulator.amazonses.com' }],
        complaintFeedbackType: 'abuse',
        complaintSubType: null,
        timestamp: '2026-03-01T00:00:10.000Z',
      },
    });
  });

  it('tells apart what became of several recipients', async () => {
    await send(['Li <Li@x.org>', 'bounce@simulator.amazonses.com']);
    await clock.advance({ by: 60_000 });
    const [, delivered, bounced] = details();
    expect(delivered.delivery.recipients).toEqual(['Li@x.org']);
    expect(bounced.bounce.bouncedRecipients).toMatchObject([{ emailAddress: 'bounce@simulator.amazonses.com' }]);
    expect(mailbox.list()[0]!.outcome).toBe('bounced');
  });

  it('tells each destination what it asked for, and nobody about a mail without a set or a set without destination', async () => {
    await send(['bounce@simulator.amazonses.com'], { ConfigurationSetName: 'failures' });
    await send(['bounce@simulator.amazonses.com'], { ConfigurationSetName: 'silent' });
    await send(['bounce@simulator.amazonses.com'], {});
    await clock.advance({ by: 60_000 });
    expect(story()).toEqual([
      [3, 'Email Bounced'],
      [3, 'Email Bounced'],
    ]);
    await expect(send(['a@x.org'], { ConfigurationSetName: 'none' })).rejects.toMatchObject({
      code: 'ConfigurationSetDoesNotExist',
    });
  });

  it('delivers to whoever is out of office, and tells of the automatic reply as of a bounce for now', async () => {
    await send(['ooto+x@simulator.amazonses.com']);
    mailbox.decide(() => 'answered');
    await send(['a@x.org']);
    await clock.advance({ by: 60_000 });
    expect(story().slice(2)).toEqual([
      [2, 'Email Delivered'],
      [2, 'Email Delivered'],
      [5, 'Email Bounced'],
      [5, 'Email Bounced'],
    ]);
    const general = { bounceType: 'Transient', bounceSubType: 'General' };
    const bouncedRecipients = [{ emailAddress: 'ooto+x@simulator.amazonses.com' }];
    expect(details().slice(4)).toMatchObject([
      { bounce: { ...general, bouncedRecipients } },
      { bounce: { bounceType: 'Undetermined', bouncedRecipients: [] } },
    ]);
  });

  it('tells of a domain that is not there as of a bounce for now, with a status that is for good', async () => {
    await send(['owner@moved.invalid']);
    await clock.advance({ by: 60_000 });
    expect(story().at(-1)).toEqual([3, 'Email Bounced']);
    expect(details().at(-1)).toMatchObject({
      bounce: { bounceType: 'Transient', bouncedRecipients: [{ status: '5.4.4' }] },
    });
  });

  it('lets a test say how a mail fares', async () => {
    mailbox.decide(({ to }) => (to[0]!.startsWith('full') ? 'soft-bounced' : undefined));
    await send(['full@x.org']);
    await send(['a@x.org']);
    mailbox.decide(() => 'rejected');
    await send(['a@x.org']);
    mailbox.decide(() => 'unheard');
    await send(['a@x.org']);
    await clock.advance({ by: 15 * 3_600_000 });
    expect(story()).toEqual([
      [0, 'Email Sent'],
      [0, 'Email Sent'],
      [0, 'Email Sent'],
      [1, 'Email Rejected'],
      [2, 'Email Delivered'],
      [14 * 3600, 'Email Bounced'],
    ]);
    expect(details().at(-1)).toMatchObject({ bounce: { bounceType: 'Transient' } });
    expect(mailbox.list().map(({ outcome }) => outcome)).toEqual(['soft-bounced', 'delivered', 'rejected', 'unheard']);
  });

  it('tells the rest after a restart, once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-mailbox-'));
    const file = join(folder, 'kept.db');
    await mailbox.stop();
    const before = openKept(file);
    mailbox = await openMailbox(clock, note, before);
    await send(['complaint@simulator.amazonses.com']);
    await clock.advance({ by: 2000 });
    // The process that would have told is gone: its clock rings no more.
    clock.stop();
    before.close();
    await mailbox.stop();
    clock = testClock();
    const after = openKept(file);
    mailbox = await openMailbox(clock, note, after);
    mailbox.resume();
    await clock.advance({ by: 60_000 });
    expect(story().map(([, type]) => type)).toEqual(['Email Sent', 'Email Delivered', 'Email Complaint Received']);
    expect(after.all('feedback')).toEqual([]);
    after.close();
    rmSync(folder, { recursive: true });
  });
});
