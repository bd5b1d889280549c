import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../clock.ts';
import { START, testClock } from '../triggers/testing.ts';
import type { Mailbox } from './mailbox.ts';
import { mailForm, openMailbox } from './testing.ts';

describe('the mailbox', () => {
  let clock: Clock;
  let mailbox: Mailbox;
  beforeAll(async () => {
    clock = testClock();
    mailbox = await openMailbox(clock);
  });
  afterAll(async () => {
    await mailbox.stop();
    clock.stop();
  });

  it('delivers to every recipient, dated by the clock, and shows it on the page', async () => {
    const { messageId } = await mailbox.send(mailForm('回音 <desk@huiyin.example>', ['a@x.org', 'b@x.org']));
    expect(mailbox.list().at(-1)).toMatchObject({
      id: messageId,
      to: ['a@x.org', 'b@x.org'],
      subject: '回音',
      at: START,
    });
    const { emails } = (await (await fetch(`${mailbox.url}/store`)).json()) as {
      emails: { messageId: string; at: number }[];
    };
    expect(emails.find((mail) => mail.messageId === messageId)).toMatchObject({ at: START / 1000 });
    expect(await (await fetch(mailbox.url)).text()).toContain('<html');
  });

  it('refuses a sender who is not verified', async () => {
    await expect(mailbox.send(mailForm('a@else.example', ['a@x.org']))).rejects.toThrow('not verified');
    await expect(mailbox.send(mailForm('a@huiyin.example', []))).rejects.toThrow('Missing final recipients');
  });

  it('behaves as the AWS mailbox simulator', async () => {
    const outcomes: string[] = [];
    for (const name of ['success', 'bounce', 'complaint', 'suppressionlist', 'bounce+label', 'ooto']) {
      await mailbox.send(mailForm('a@huiyin.example', [`${name}@simulator.amazonses.com`]));
      outcomes.push(mailbox.list().at(-1)!.outcome);
    }
    expect(outcomes).toEqual(['delivered', 'bounced', 'complained', 'suppressed', 'bounced', 'auto-replied']);
  });

  it('reads a raw message', async () => {
    const lines = [
      'From: desk@huiyin.example',
      'To: Li <li@x.org>',
      'Subject: =?utf-8?B?5Zue6Z+z?=',
      'X-Case: c1',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'body',
    ];
    const raw = (...all: string[]) => ({
      Action: 'SendRawEmail',
      'RawMessage.Data': Buffer.from(all.join('\r\n')).toString('base64'),
    });
    const tag = { 'Tags.member.1.Name': 'letter', 'Tags.member.1.Value': 'l1' };
    await mailbox.send(new URLSearchParams({ ...raw(...lines), ...tag, ConfigurationSetName: 'letters' }));
    const mail = mailbox.list().at(-1)!;
    expect(mail).toMatchObject({
      to: ['li@x.org'],
      subject: '回音',
      headers: { 'x-case': 'c1' },
      tags: { letter: 'l1' },
    });
    expect(mail.text?.trim()).toBe('body');
    const instructed = new URLSearchParams(raw('X-SES-CONFIGURATION-SET: letters', ...lines));
    await expect(mailbox.send(instructed)).rejects.toThrow('does not read x-ses-configuration-set');
  });

  it('keeps message tags, and takes only those that SES takes', async () => {
    const tags = (...pairs: [string, string][]) =>
      Object.fromEntries(
        pairs.flatMap(([name, value], index) => [
          [`Tags.member.${index + 1}.Name`, name],
          [`Tags.member.${index + 1}.Value`, value],
        ]),
      );
    const send = (...pairs: [string, string][]) =>
      mailbox.send(mailForm('a@huiyin.example', ['a@x.org'], tags(...pairs)));
    await send(['letter', 'ltr_01-a'], ['kind', 'x'.repeat(256)]);
    expect(mailbox.list().at(-1)!.tags).toEqual({ letter: 'ltr_01-a', kind: 'x'.repeat(256) });
    const before = mailbox.list().length;
    for (const value of ['a.b', 'a b', '房', '', 'x'.repeat(257)])
      await expect(send(['ok', 'ok'], ['letter', value])).rejects.toMatchObject({ code: 'InvalidParameterValue' });
    await expect(send(['ses:x', 'v'])).rejects.toThrow('Invalid tag name <ses:x>');
    await expect(send(['letter', 'a'], ['letter', 'b'])).rejects.toThrow('Duplicate tag name <letter>');
    expect(mailbox.list()).toHaveLength(before);
  });
});
