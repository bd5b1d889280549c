import { beforeEach, describe, expect, test } from 'vitest';
import { payerKey } from '../../../../shared/directory/payer.ts';
import { HOUR } from '../../../../shared/time/clock.ts';
import { onPartyChanged } from '../addresses/on-party-changed.ts';
import { payerIdOf } from '../addresses/payer.ts';
import { letterId } from '../letter.ts';
import { billed, NINE, wanted } from '../testing.ts';
import { type Office, office, SITE } from '../testing-office.ts';

let o: Office;
beforeEach(async () => {
  o = await office();
  await o.owner('pty_1', 'owner@example.com');
});

const notice = (party: string) =>
  wanted({ kind: 'fee-notice', run: 'run_2026-11', party, accounts: [billed(party.replace('pty_', 'acc_1-'))] });
const noticeOf = (party: string) => letterId({ party, run: 'run_2026-11', day: '', part: 'email' }, 1);
const passes = async (ms: number) => {
  o.site.now += ms;
};

describe('what came back', () => {
  test('goes on paper by 24:00 of the day it came back, and to that address goes nothing any more', async () => {
    await o.opens(NINE, notice('pty_1'));
    await o.deliver();
    await passes(24 * HOUR);
    await o.bounced(noticeOf('pty_1'));
    await o.bounced(noticeOf('pty_1'));
    const { status, due } = await o.state(noticeOf('pty_1'));
    expect({ status, due }).toEqual({ status: 'to-print', due: NINE + 39 * HOUR });
    await o.hears(noticeOf('pty_1'));
    await o.hears(noticeOf('pty_1'));
    const { state } = await o.payers.head(SITE, payerIdOf('pty_1'));
    expect(state?.owed.map(({ duty }) => duty)).toEqual(['new-address']);
    const [id = ''] = await o.opens(o.site.now, wanted());
    expect((await o.state(id)).status).toBe('to-print');
  });

  /** Another letter to the same address, and what the mail service tells of it. */
  const mailed = async (period: string, tells: (letter: string) => Promise<void>) => {
    const run = `run_${period}`;
    const [id = ''] = await o.opens(o.site.now, {
      ...notice('pty_1'),
      run,
      accounts: [billed('acc_1-1', 100, period)],
    });
    await o.deliver();
    await tells(id);
    await o.hears(id);
    await o.hears(id);
    await passes(24 * HOUR);
    return (await o.state(id)).status;
  };
  const asked = async () => (await o.payers.head(SITE, payerIdOf('pty_1'))).state?.owed.map(({ duty }) => duty) ?? [];
  const forNow = (letter: string) => o.bounced(letter, 'Transient', [{ status: '4.4.7' }]);

  test('of a party that was merged is asked for until the one that stayed has another address, whenever that is', async () => {
    await mailed('2026-07', (letter) => o.bounced(letter));
    const stayed = await o.owner('pty_2');
    const { publish } = o.site;
    await publish({ ...payerKey(SITE, 'pty_1'), mergedInto: 'pty_2' });
    const changed = async (name: string, emails: { value: { ref: string; hash: string } }[]) => {
      await publish({ ...payerKey(SITE, 'pty_2'), ...stayed, emails, merged: ['pty_1'] });
      const contacts = emails.map((email) => ({ ...email, way: 'email', purposes: ['fees'] }));
      const data = { contacts, ...(name === 'party.absorbed' ? { parties: ['pty_1'] } : {}) };
      const event = { name, site: SITE, aggregate: 'pty_2', at: o.site.now, by: 'li', data };
      await onPartyChanged.handle(event as never, o);
    };
    await changed('party.absorbed', []);
    expect(await asked()).toEqual(['new-address']);
    const { emails } = await o.owner('pty_9', 'another@example.com');
    await changed('party.changed', emails);
    expect(await asked()).toEqual([]);
  });

  test('for now only says nothing of the address; three times in a row it is one to ask for', async () => {
    expect([await mailed('2026-07', forNow), await asked()]).toEqual(['to-print', []]);
    await mailed('2026-08', forNow);
    expect([await mailed('2026-09', (letter) => o.delivered(letter)), await asked()]).toEqual(['delivered', []]);
    for (const period of ['2026-10', '2026-11'])
      expect([await mailed(period, forNow), await asked()]).toEqual(['to-print', []]);
    expect([await mailed('2026-12', forNow), await asked()]).toEqual(['to-print', ['new-address']]);
    expect(o.mails).toHaveLength(6);
    await mailed('2027-01', async () => undefined);
    expect(o.mails).toHaveLength(6);
  });

  test.each([
    ['an automatic reply', 'Transient', [{}], 'General'],
    ['one that nobody could make out', 'Undetermined', [], 'Undetermined'],
    ['one that names nobody', 'Permanent', [], 'General'],
  ])('after a delivery as %s changes nothing, told before it neither', async (_, type, recipients, subtype) => {
    const reply = (letter: string) => o.bounced(letter, type, recipients, subtype);
    const after = async (letter: string) => {
      await o.delivered(letter);
      await reply(letter);
    };
    const before = async (letter: string) => {
      await reply(letter);
      await o.hears(letter);
      await o.delivered(letter);
    };
    expect(await mailed('2026-10', after)).toBe('delivered');
    expect(await o.events('let_2026-10-1-1')).not.toContain('letter.bounced');
    for (const period of ['2026-11', '2026-12', '2027-01']) expect(await mailed(period, before)).toBe('delivered');
    expect(await asked()).toEqual([]);
  });

  test.each([
    ['a status for good', [{ status: '5.4.4', diagnosticCode: 'smtp; 550 5.4.4 Invalid domain' }], 'General', true],
    ['such a status in the words of the server', [{ diagnosticCode: 'smtp; 550 5.1.2 Host unknown' }], 'General', true],
    ['a status for now', [{ status: '4.4.7', diagnosticCode: 'smtp; 554 4.4.7 Message expired' }], 'General', false],
    ['a full mailbox', [{ status: '5.2.2' }], 'MailboxFull', false],
    ['a number in its words', [{ diagnosticCode: 'smtp; 421 mx [5.6.7.8] does not answer' }], 'General', false],
  ])('Transient with %s', async (_, recipients, subtype, isBad) => {
    expect(await mailed('2026-11', (letter) => o.bounced(letter, 'Transient', recipients, subtype))).toBe('to-print');
    expect(await asked()).toEqual(isBad ? ['new-address'] : []);
  });

  test('who marked mail as unwanted still gets by mail what has to be, and the rest on paper', async () => {
    await o.opens(NINE, notice('pty_1'));
    await o.deliver();
    await o.tells(noticeOf('pty_1'), 'Complaint', { complaint: { timestamp: new Date(o.site.now).toISOString() } });
    await o.hears(noticeOf('pty_1'));
    const [friendly = ''] = await o.opens(NINE, wanted());
    const [next = ''] = await o.opens(NINE, { ...notice('pty_1'), run: 'run_2026-12' });
    expect([(await o.state(friendly)).status, (await o.state(next)).status]).toEqual(['to-print', 'queued']);
  });
});
