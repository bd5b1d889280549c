import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { MailRefused, type SendMail } from '../../../../shared/aws/ses.ts';
import { claimsIn } from '../../../../shared/journal/claims.ts';
import { forgetText, personalItem, personalText, refOf } from '../../../../shared/people/personal.ts';
import { siteKey } from '../../../../shared/policy/policy.ts';
import { isFor } from '../../../../shared/testing/is-for.ts';
import { MINUTE } from '../../../../shared/time/clock.ts';
import { billed, NINE, wanted } from '../testing.ts';
import { type Office, office, SITE } from '../testing-office.ts';
import { type LeftState, onAddressLeft } from './on-address-left.ts';

let o: Office;
let sent: { to: string; subject: string; text: string }[];
let send: SendMail;
beforeEach(async () => {
  o = await office();
  sent = [];
  send = async (to, { subject, text }) => {
    sent.push({ to, subject, text });
    return 'm1';
  };
  const desk = { complaintPhone: '0571-88880000' };
  await o.site.publish({
    ...siteKey(SITE),
    site: SITE,
    name: '翠湖花园',
    timeZone: 'Asia/Shanghai',
    departments: [],
    desk,
  });
});

/** What the registry tells when a party gave another address. */
const changed = async (was: string, language: 'zh-CN' | 'en' = 'zh-CN') => {
  const copy = personalText('address-left', 'old@example.com', NINE, o.random, undefined);
  await o.doc.send(new PutCommand({ TableName: 'personal', Item: personalItem(SITE, copy) }));
  const name = { ref: 'txt_name', hash: 'h' };
  const data = { name, language, contacts: [], left: [{ was, address: refOf(copy) }] };
  const event = {
    id: 'pty_1.2',
    name: 'party.changed',
    site: SITE,
    aggregate: 'pty_1',
    version: 2,
    at: NINE,
    by: 'li',
    data,
  };
  expect(isFor(onAddressLeft, event)).toBe(true);
  const kept = async () =>
    (await o.doc.send(new GetCommand({ TableName: 'personal', Key: { pk: `${SITE}#${copy.ref}`, sk: 'text' } }))).Item;
  const tables = { doc: o.doc, own: 'billing', personal: 'personal' };
  const deps = { ...o, claims: claimsIn<LeftState>(tables), forget: forgetText(tables) };
  return { kept, heard: () => onAddressLeft.handle(event as never, { ...deps, send }) };
};

test('an address that another took the place of is told so once, however often it is heard, and kept no longer', async () => {
  await o.owner('pty_1', 'new@example.com');
  const { heard, kept } = await changed('txt_old');
  for (let i = 0; i < 3; i++) await heard();
  expect(sent).toHaveLength(1);
  const [{ to, subject, text } = { to: '', subject: '', text: '' }] = sent;
  expect([to, subject]).toEqual(['old@example.com', '【翠湖花园】本邮箱不再用于接收通知']);
  for (const said of ['2026-11-11', '0571-88880000']) expect(text).toContain(said);
  for (const secret of ['new@example.com', '业主pty_1', 'unt_1']) expect(text).not.toContain(secret);
  expect(await kept()).toBeUndefined();
});

test('in the language of the owner', async () => {
  const { heard } = await changed('txt_old', 'en');
  await heard();
  expect(sent[0]?.subject).toBe('[翠湖花园] This email address is no longer used');
});

test('not where mail came back or is unwanted', async () => {
  const card = await o.owner('pty_1', 'old@example.com');
  const [id = ''] = await o.opens(
    NINE,
    wanted({ kind: 'fee-notice', run: 'run_2026-11', accounts: [billed('acc_1-1')] }),
  );
  await o.deliver();
  await o.bounced(id);
  await o.hears(id);
  const { heard, kept } = await changed(card.emails[0]?.value.ref ?? '');
  await heard();
  expect([sent, await kept()]).toEqual([[], undefined]);
});

test('what failed is sent again when its claim is old; what is refused for good is not', async () => {
  const { heard, kept } = await changed('txt_old');
  const works = send;
  send = async () => {
    throw new Error('throttled');
  };
  await expect(heard()).rejects.toThrow('throttled');
  await expect(heard()).rejects.toThrow('another has it');
  o.site.now += 6 * MINUTE;
  send = async () => {
    throw new MailRefused('address', 'MessageRejected');
  };
  await heard();
  send = works;
  await heard();
  expect([sent, await kept()]).toEqual([[], undefined]);
});
