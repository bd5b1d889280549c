import { beforeEach, describe, expect, test } from 'vitest';
import { type PayerCard, payerKey } from '../../../../shared/directory/payer.ts';
import { unitIdKey } from '../../../../shared/directory/units.ts';
import { execute } from '../../../../shared/journal/execute.ts';
import { siteKey } from '../../../../shared/policy/policy.ts';
import { cardsOf } from '../../../../shared/testing/merged.ts';
import { DAY } from '../../../../shared/time/clock.ts';
import { accountId } from '../../accounts/account.ts';
import { bill } from '../../accounts/testing.ts';
import { entersBills } from '../../accounts/testing-bills.ts';
import { withdraw } from '../decide.ts';
import { letterId } from '../letter.ts';
import { billed, dunned, NINE, wanted } from '../testing.ts';
import { browserOf, linksOf, notificationsFor } from '../testing-calls.ts';
import { type Office, office, SITE } from '../testing-office.ts';

let o: Office;
let browser: ReturnType<typeof browserOf>;
let card: PayerCard;
const PHONE = '0571-8888 0000';
const NOTICE = letterId({ party: 'pty_1', run: 'run_2026-11', day: '', part: 'email' }, 1);
const ACCOUNT = accountId('unt_1', 'pty_1');
const END = `POST /sites/${SITE}/letters/${NOTICE}/end-links`;

beforeEach(async () => {
  o = await office();
  browser = browserOf(o);
  const desk = { complaintPhone: PHONE };
  await o.site.publish({
    ...siteKey(SITE),
    site: SITE,
    name: '翠湖花园',
    timeZone: 'Asia/Shanghai',
    departments: [],
    desk,
  });
  card = (await o.owner('pty_1', 'owner@example.com')) as PayerCard;
  await pays('pty_1');
});

const pays = (party: string, more: object[] = []) =>
  o.site.publish({
    ...unitIdKey(SITE, 'unt_1'),
    unit: 'unt_1',
    building: '1幢',
    number: '101',
    kind: 'flat',
    payers: [{ party }, ...more],
  });
const notice = (fen = 25_399) =>
  wanted({ kind: 'fee-notice', run: 'run_2026-11', accounts: [{ ...billed(ACCOUNT, fen), unit: 'unt_1' }] });
const mailed = async (): Promise<string> => {
  await o.opens(NINE, notice());
  await o.deliver();
  return linksOf(o)[0] ?? '';
};
const open = async (link: string) => (await browser(`GET ${link}`)).statusCode;
/** As a reader of either language sees it; a question isn't taken, either. */
const ended = async (link: string) => {
  for (const language of ['zh-CN', 'en']) {
    const { statusCode, headers, body } = await browser(`GET ${link}?lang=${language}`);
    expect(statusCode).toBe(410);
    expect(headers['content-type']).toContain('text/html');
    for (const said of ['该链接已失效', 'This link has ended', '翠湖花园', PHONE]) expect(body).toContain(said);
    expect(body).not.toContain('253.99');
  }
  const question = await browser(`POST ${link}/question`, { key: 'q1', words: '为什么？' });
  expect(question.statusCode).toBe(410);
  expect((await o.state(NOTICE)).questions).toBe(0);
};

describe('the link of a letter ends', () => {
  test('with a person’s word, who it was and why being kept; the next mail has one that opens', async () => {
    const link = await mailed();
    expect(await open(link)).toBe(200);
    const call = notificationsFor(o);
    expect((await call('li', END, {})).status).toBe(400);
    const { status, body } = await call('li', END, { words: '发错邮箱' }, 'end-1');
    expect([status, body.linksEnded]).toEqual([200, true]);
    await ended(link);
    expect((await call('li', END, { words: '发错邮箱' }, 'end-1')).status).toBe(200);
    expect((await call('zhao', END, { words: '再来一次' })).status).toBe(200);
    const sheet = (await call('li', `GET /sites/${SITE}/letters/${NOTICE}`)).body;
    const said = sheet.history.filter(({ event }: { event: string }) => event === 'letter.links-ended');
    expect(said).toMatchObject([{ by: 'li', data: { words: '发错邮箱' } }]);
  });

  test('not where none was ever given', async () => {
    await o.owner('pty_1');
    await o.opens(NINE, notice());
    expect((await notificationsFor(o)('li', END, { words: 'x' })).body.code).toBe('letter.no-link');
  });

  test('with the letter’s withdrawal, also where a delivery is told of it afterwards', async () => {
    const link = await mailed();
    await o.bounced(NOTICE, 'Transient');
    await execute(o.letters, { site: SITE, id: NOTICE, now: o.site.now, by: 'x', decide: withdraw });
    expect((await o.state(NOTICE)).status).toBe('withdrawn');
    await ended(link);
    await o.delivered(NOTICE);
    await ended(link);
  });

  test('when the address that it went to is the party’s no more; another beside it ends nothing', async () => {
    const link = await mailed();
    const other = { value: { ref: 'txt_other', hash: 'h' } };
    await o.site.publish({ ...payerKey(SITE, 'pty_1'), ...card, emails: [other, ...card.emails] });
    expect(await open(link)).toBe(200);
    await o.site.publish({ ...payerKey(SITE, 'pty_1'), ...card, emails: [other] });
    await ended(link);
  });

  test.each([
    ['is withdrawn', () => o.site.publish({ ...payerKey(SITE, 'pty_1'), ...card, withdrawn: true })],
    ['no longer pays', () => pays('pty_1', [{ party: 'pty_2', from: '2026-11-12' }])],
    ['is gone and nobody pays', () => pays('pty_1', [{ from: '2026-11-12' }])],
  ])('when its party %s', async (_, ends) => {
    const link = await mailed();
    await ends();
    o.site.now += 2 * DAY;
    await ended(link);
  });

  test('but what is sent to somebody who has left already opens for them', async () => {
    await pays('pty_1', [{ party: 'pty_2', from: '2026-11-01' }]);
    const link = await mailed();
    o.site.now += 2 * DAY;
    expect(await open(link)).toBe(200);
  });

  test('when who was one payer is two again', async () => {
    const two = (await o.owner('pty_2', 'two@example.com')) as PayerCard;
    for (const one of cardsOf(SITE, ['pty_1', 'pty_2'], { name: card.name, emails: card.emails }))
      await o.site.publish(one);
    await o.opens(NINE, { ...notice(), accounts: [...notice().accounts, billed(accountId('unt_2', 'pty_2'))] });
    await o.deliver();
    const [link = ''] = linksOf(o);
    expect(await open(link)).toBe(200);
    await o.site.publish({ ...payerKey(SITE, 'pty_1'), ...card });
    await o.site.publish({ ...payerKey(SITE, 'pty_2'), ...two });
    expect(await open(link)).toBe(410);
  });

  test('by age; one that was never given says no site', async () => {
    const link = await mailed();
    o.site.now += 401 * DAY;
    await ended(link);
    const { statusCode, body } = await browser('GET /n/aaaaaaaaaaaaaaaaaaaaaa');
    expect([statusCode, body.includes(PHONE)]).toEqual([404, false]);
    for (const said of ['该链接无效或已过期', 'This link is not valid']) expect(body).toContain(said);
  });
});

describe('the page says what its letter said', () => {
  const page = async (link: string) => (await browser(`GET ${link}`)).body.replace(/name="key" value="[^"]+"/, '');

  test('and nothing that came later: no debts, no payment', async () => {
    const link = await mailed();
    const before = await page(link);
    expect(before).toContain('¥253.99');
    await entersBills(o.site, o.accounts, 1, bill(99_900, { period: '2026-12' }));
    expect(await page(link)).toBe(before);
  });

  test('nor what joined the letter after its mail had come back', async () => {
    await o.opens(NINE, wanted({ accounts: [{ ...dunned(ACCOUNT), unit: 'unt_1' }] }));
    o.site.now += DAY / 24;
    await o.deliver();
    const [link = ''] = linksOf(o);
    const before = await page(link);
    const id = letterId({ party: 'pty_1', run: undefined, day: '2026-11-11', part: 'email' }, 1);
    await o.bounced(id, 'Transient');
    await o.opens(NINE, wanted({ kind: 'second-notice', accounts: [dunned('acc_2-1', 77_700, 'second-notice')] }));
    expect((await o.state(id)).accounts).toHaveLength(2);
    expect(await page(link)).toBe(before);
    expect(before).not.toContain('777.00');
  });
});
