import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { MailRefused } from '../../../shared/aws/ses.ts';
import { rosterKey } from '../../../shared/people/access.ts';
import { DAY } from '../../../shared/time/clock.ts';
import { NINE, SITE } from '../testing/site.ts';
import { type World, world } from '../testing/world.ts';
import { complain, holds, office } from './testing.ts';

let w: World;
beforeEach(async () => {
  w = await world();
  await complain(w, NINE, ['in time', 'late']);
  w.now = Date.parse('2026-06-05T09:00+08:00');
});

const MAY = '2026-05';
const director = { staff: 'stf_dir', language: 'zh-CN' as const, email: 'director@example.com' };
const issued = async (holders: Parameters<typeof office>[1]) => {
  const o = office(w, holders);
  for (const [position, people] of Object.entries(holders)) {
    const [site = '', role = ''] = position.split(' ');
    for (const one of people) await holds(w, site, role, one);
  }
  await o.hour();
  return o;
};
const open = (path: string, token: string) => w.call('GET', path, { params: { token }, grants: [] });

test('a report is mailed to the director once, with its PDF and a link, however often the event arrives', async () => {
  const { told, sent } = await issued({ [`${SITE} site-director`]: [director] });
  await told(MAY);
  await told(MAY);
  expect(sent.map(({ to, subject, pdf }) => [to, subject, pdf.name])).toEqual([
    ['director@example.com', `【${SITE}】月度服务质量报告 ${MAY}`, `${SITE}-${MAY}-1.pdf`],
  ]);
  expect(sent[0]?.text).toContain('投诉回访率未达标：50.00%');
  expect(sent[0]?.html).toContain('http://api.example.com/r/token-1?lang=zh-CN');
});

test('with nobody in the position it goes to the next one up', async () => {
  const manager = { staff: 'stf_man', language: 'en' as const, email: 'manager@example.com' };
  const { told, sent } = await issued({ [`${SITE} centre-manager`]: [manager], '* group-manager': [director] });
  await told(MAY);
  expect(sent.map(({ to }) => to)).toEqual(['manager@example.com']);
});

test('whoever has no address is sent nothing, the next position up is; that there was none is kept', async () => {
  const { email: _, ...without } = { ...director, staff: 'stf_none' };
  const { told, sent } = await issued({ [`${SITE} site-director`]: [without], [`${SITE} centre-manager`]: [director] });
  await told(MAY);
  expect(sent.map(({ to }) => to)).toEqual(['director@example.com']);
  const { doc, own: TableName } = w.stores.reports;
  const { Item } = await doc.send(new GetCommand({ TableName, Key: { pk: `${SITE}#mail#${MAY}#1`, sk: 'stf_none' } }));
  expect(Item).toMatchObject({ mail: 'no-address' });
});

test('the group hears of its own report', async () => {
  const { told, sent } = await issued({
    '* group-manager': [director],
    '* quality-manager': [{ ...director, staff: 'stf_qm', email: 'quality@example.com' }],
  });
  await told(MAY, 1, '*');
  expect(sent.map(({ to }) => to).sort()).toEqual(['director@example.com', 'quality@example.com']);
});

test('what fails is sent again when its claim is old; what is refused for good is not', async () => {
  const o = await issued({ [`${SITE} site-director`]: [director] });
  o.refuse(new Error('throttled'));
  await expect(o.told(MAY)).rejects.toThrow('throttled');
  o.refuse(undefined);
  await expect(o.told(MAY)).rejects.toThrow('another mailer');
  w.now += 66_000;
  await o.told(MAY);
  expect(o.sent).toHaveLength(1);

  const refused = office(w, { [`${SITE} site-director`]: [{ ...director, staff: 'stf_bad' }] });
  refused.refuse(new MailRefused('address', 'MessageRejected'));
  await refused.told(MAY);
  refused.refuse(undefined);
  await refused.told(MAY);
  expect(refused.sent).toEqual([]);
});

test('whoever has the link reads the report, as a page and as a PDF, but not what people wrote, until it expires', async () => {
  const plan = { period: MAY, topic: 'Q3', words: '每晚核对名单', role: 'supervisor', dueDay: '2026-06-30' };
  await w.call('POST', '/sites/{site}/improvements', { params: { site: SITE }, body: plan });
  const { told } = await issued({ [`${SITE} site-director`]: [director] });
  await told(MAY);
  const page = await open('/r/{token}', 'token-1');
  expect(page.status).toBe(200);
  expect(String(page.body)).toContain('<svg');
  expect(String(page.body)).toContain('质量目标');
  expect(String(page.body)).toContain('（登录后可见）');
  expect(String(page.body)).not.toContain('每晚核对名单');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect((await open('/r/{token}/pdf', 'token-1')).headers['content-type']).toBe('application/pdf');
  const unknown = await open('/r/{token}', 'nope');
  expect(unknown.status).toBe(404);
  for (const said of ['链接已失效或不存在', 'This link is of nothing']) expect(String(unknown.body)).toContain(said);
  w.now += 401 * DAY;
  await ended();
});

/** The director's link opens nothing, as a reader of either language sees it. */
const ended = async () => {
  for (const path of ['/r/{token}', '/r/{token}/pdf']) {
    const { status, headers, body } = await open(path, 'token-1');
    expect([status, headers['content-type']]).toEqual([410, 'text/html; charset=utf-8']);
    for (const said of ['该链接已失效', 'This link has ended', '0571-8888']) expect(String(body)).toContain(said);
  }
};

test.each([
  ['another address', () => holds(w, SITE, 'site-director', { ...director, email: 'other@example.com' })],
  [
    'another position',
    () =>
      w.doc.send(
        new DeleteCommand({ TableName: w.registry, Key: rosterKey(SITE, { role: 'site-director' }, director.staff) }),
      ),
  ],
])('a link ends when whom it was mailed to has %s', async (_, has) => {
  const { told } = await issued({ [`${SITE} site-director`]: [director] });
  await told(MAY);
  expect((await open('/r/{token}', 'token-1')).status).toBe(200);
  await has();
  await ended();
});

test('or with somebody’s word, which is kept; whoever signs in reads on, and a further edition has a link that opens', async () => {
  const { told } = await issued({ [`${SITE} site-director`]: [director] });
  await told(MAY);
  const params = { site: SITE, period: MAY };
  const end = (grants?: { site: string; role: 'supervisor' }[]) =>
    w.call('POST', '/sites/{site}/reports/{period}/end-links', {
      params,
      body: { words: '误转发给外部' },
      ...(grants ? { grants } : {}),
    });
  expect((await end([{ site: SITE, role: 'supervisor' }])).status).toBe(403);
  expect((await end()).body).toMatchObject({ period: MAY, linksEnded: expect.any(String) });
  await ended();
  const events = await w.stores.reports.history(SITE, 'rpt_2026-05');
  expect(events.at(-1)).toMatchObject({ name: 'report.links-ended', by: 'stf_qm' });
  expect((await w.call('GET', '/sites/{site}/reports/{period}', { params })).status).toBe(200);
  w.now += 1_000;
  await w.call('POST', '/sites/{site}/reports', { params: { site: SITE }, body: { period: MAY } });
  await told(MAY, 3);
  expect((await open('/r/{token}', 'token-2')).status).toBe(200);
  await ended();
});
