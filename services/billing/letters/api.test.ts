import { beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../shared/time/clock.ts';
import { letterId } from './letter.ts';
import { billed, dunned, NINE, wanted } from './testing.ts';
import { browserOf, linksOf, notificationsFor } from './testing-calls.ts';
import { type Office, office, SITE } from './testing-office.ts';

let o: Office;
let call: ReturnType<typeof notificationsFor>;
const PATH = `/sites/${SITE}/letters`;

beforeEach(async () => {
  o = await office();
  call = notificationsFor(o);
  await o.owner('pty_1', 'owner@example.com');
  await o.owner('pty_2');
  await o.owner('pty_3');
});

const demandFor = async (party: string) => {
  const account = party.replace('pty_', 'acc_1-');
  const [id = ''] = await o.opens(
    NINE,
    wanted({ kind: 'demand', part: 'letter', party, accounts: [dunned(account, 100, 'demand')] }),
  );
  return id;
};

describe('the print-and-deliver list', () => {
  test('refuses a page that no page before named', async () => {
    for (const after of ['zz', '2026-11-10', `${'2026-01-01'}#let_1`, '~']) {
      const path = `GET /sites/${SITE}/letters?state=to-print&day=2026-11-11&after=${encodeURIComponent(after)}`;
      expect((await notificationsFor(o)('li', path)).body.errors).toMatchObject([{ field: 'query.after' }]);
    }
  });

  test('holds what is to be printed by day, and is worked off', async () => {
    const id = await demandFor('pty_2');
    const { body } = await call('li', `GET ${PATH}?state=to-print&day=2026-11-11`);
    expect(body.items).toMatchObject([
      { id, kind: 'demand', number: expect.stringMatching(/^DL-20261111-[0-9A-F]{8}$/) },
    ]);
    await call('li', `POST ${PATH}/${id}/printed`);
    expect((await call('li', `GET ${PATH}?state=to-print`)).body.items).toEqual([]);
    const handed = await call('li', `POST ${PATH}/${id}/handed-over`, { receivedBy: 'relative', relation: '配偶' });
    expect(handed.body).toMatchObject({ status: 'handed-over', receivedBy: 'relative', owed: [] });
    const { body: sheet } = await call('li', `GET ${PATH}/${id}`);
    expect(sheet.history.map(({ event }: { event: string }) => event)).toEqual([
      'letter.opened',
      'letter.printed',
      'letter.handed-over',
    ]);
    expect(sheet.history[2].data.relation).toBe('配偶');
    expect(sheet.contentHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('letters are found by kind, flat and payer; those of a day by nothing else', async () => {
    const [one, two] = [await demandFor('pty_2'), await demandFor('pty_3')];
    const found = async (query: string) => {
      const { body } = await call('li', `GET ${PATH}?${query}`);
      return body.items?.map(({ id }: { id: string }) => id).sort() ?? body.errors[0].field;
    };
    expect(await found('kind=demand,reminder')).toEqual([one, two].sort());
    expect(await found('kind=reminder')).toEqual([]);
    expect(await found('party=pty_3&sort=due')).toEqual([two]);
    expect(await found('unit=unt_none')).toEqual([]);
    expect(await found('state=to-print&kind=demand')).toBe('query.kind');
    expect(await found('state=to-print&sort=due')).toBe('query.sort');
  });

  test('a round is recorded at a go: each letter once, with what came of each', async () => {
    const [one, two] = [await demandFor('pty_2'), await demandFor('pty_3')];
    await call('li', `POST ${PATH}/${two}/handed-over`, { receivedBy: 'payer' });
    const letters = [one, two, 'let_nowhere'];
    const proof = 'b'.repeat(64);
    const round = () => call('li', `POST ${PATH}/handed-over`, { letters, receivedBy: 'payer', proof }, 'round-1');
    const { body } = await round();
    expect(body.items).toMatchObject([
      { letter: one, status: 'handed-over' },
      { letter: two, refused: expect.stringContaining('handed-over') },
      { letter: 'let_nowhere', refused: expect.stringContaining('let_nowhere') },
    ]);
    expect((await round()).body).toEqual(body);
    expect((await o.events(one)).filter((name) => name === 'letter.handed-over')).toHaveLength(1);
  });

  test('what was left behind is proven by words, and a demand’s arrival still owed', async () => {
    const id = await demandFor('pty_2');
    const { body } = await call('li', `POST ${PATH}/${id}/attempted`, { words: '贴门，已拍照', proof: 'a'.repeat(64) });
    expect(body).toMatchObject({ status: 'attempted', owed: [{ duty: 'arrive' }] });
    expect((await call('li', `POST ${PATH}/${id}/give-up`, { words: 'x' })).status).toBe(403);
    expect((await call('zhao', `POST ${PATH}/${id}/give-up`, { words: '查无此人' })).body.owed).toEqual([]);
  });

  test('nothing counts without what proves it: an attempt and a round their sheet or photo, a demand who signed', async () => {
    const id = await demandFor('pty_2');
    const rule = expect.stringContaining('who signed');
    const fault = async (path: string, body: object) => (await call('li', `POST ${PATH}/${path}`, body)).body.errors;
    expect(await fault(`${id}/attempted`, { words: '贴门' })).toMatchObject([{ field: 'body.proof' }]);
    expect(await fault(`${id}/attempted`, { proof: 'a'.repeat(64) })).toMatchObject([{ field: 'body.words' }]);
    expect(await fault('handed-over', { letters: [id], receivedBy: 'payer' })).toMatchObject([{ field: 'body.proof' }]);
    for (const receivedBy of ['relative', 'other']) {
      expect(await fault(`${id}/handed-over`, { receivedBy })).toEqual([{ field: 'body.relation', rule }]);
    }
    const round = { letters: [id], receivedBy: 'other', proof: 'b'.repeat(64) };
    expect((await call('li', `POST ${PATH}/handed-over`, round)).body.items).toMatchObject([{ refused: rule }]);
    expect((await o.state(id)).status).toBe('to-print');
    const signed = { receivedBy: 'other', relation: '邻居' };
    expect((await call('li', `POST ${PATH}/${id}/handed-over`, signed)).body).toMatchObject({ status: 'handed-over' });
  });

  test('what can’t be done in a state is refused, saying from which it can', async () => {
    const id = await demandFor('pty_2');
    const { status, body } = await call('li', `POST ${PATH}/${id}/settle`, { how: 'send-again' });
    expect({ status, code: body.code, from: body.details.allowedFrom }).toEqual({
      status: 422,
      code: 'letter.not-now',
      from: 'unknown',
    });
    expect((await call('li', `POST ${PATH}/${id}/attempted`, { words: 'x', proof: 'no hash' })).status).toBe(400);
  });
});

test('an agent who hears that there is no other address says so, and is asked no more', async () => {
  const [id = ''] = await o.opens(NINE, wanted());
  o.site.now += HOUR;
  await o.deliver();
  await o.bounced(id);
  await o.hears(id);
  const { body } = await call('li', `GET /sites/${SITE}/payers`);
  const [payer] = body.items;
  expect(payer).toMatchObject({ party: 'pty_1', owed: [{ duty: 'new-address' }] });
  expect(
    (await call('li', `POST /sites/${SITE}/payers/${payer.id}/no-address`, { words: '无邮箱' })).body.owed,
  ).toEqual([]);
  expect((await call('li', `POST /sites/${SITE}/payers/${payer.id}/no-address`, { words: '无邮箱' })).status).toBe(422);
});

describe('the page behind the link of a letter', () => {
  const NOTICE = letterId({ party: 'pty_1', run: 'run_2026-11', day: '', part: 'email' }, 1);
  let browser: ReturnType<typeof browserOf>;
  beforeEach(() => {
    browser = browserOf(o);
  });
  const mailed = async (): Promise<string> => {
    await o.opens(NINE, wanted({ kind: 'fee-notice', run: 'run_2026-11', accounts: [billed('acc_1-1')] }));
    await o.deliver();
    return linksOf(o)[0] ?? '';
  };
  const fieldsOf = (page: string) => ({
    action: (/action="([^"]+)"/.exec(page)?.[1] ?? '').replaceAll('&amp;', '&'),
    key: /name="key" value="([^"]+)"/.exec(page)?.[1] ?? '',
  });

  test('says what the letter said, in the payer’s language or the one asked for, and no name', async () => {
    const link = await mailed();
    const { statusCode, headers, body } = await browser(`GET ${link}`);
    expect(statusCode).toBe(200);
    expect(body).toContain('¥253.99');
    expect(body).toContain('通知内容');
    expect(body).not.toContain('业主pty_1');
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    expect((await browser(`GET ${link}?lang=en`)).body).toContain('What the notice says');
  });

  test('gives each amount with its days and how it came about, as the mail does; no late charge where there is none', async () => {
    const { body } = await browser(`GET ${await mailed()}`);
    const [, said = ''] = body.split('通知内容');
    for (const part of ['2026-11-01 至 11-30', '89.12 × 2.85 元', '<th class="fen">金额</th>']) {
      expect(said).toContain(part);
    }
    expect(body).not.toContain('违约金');
  });

  test('its form questions the letter once however often it is sent, and five times at most', async () => {
    const link = await mailed();
    for (let i = 0; i < 5; i++) {
      const { action, key } = fieldsOf((await browser(`GET ${link}`)).body);
      for (let again = 0; again < 2; again++) {
        expect((await browser(`POST ${action}`, { key, words: '面积不对' })).statusCode).toBe(200);
      }
    }
    expect((await o.state(NOTICE)).questions).toBe(5);
    const { action, key } = fieldsOf((await browser(`GET ${link}`)).body);
    expect((await browser(`POST ${action}`, { key, words: '再问' })).statusCode).toBe(429);
    expect((await browser(`POST ${action}`, { key, words: 'x'.repeat(1001) })).statusCode).toBe(400);
  });

  test('opens for nobody else, and is closed once it says nothing of today any more: a page says so', async () => {
    const link = await mailed();
    const closed = async (path: string, status = 404) => {
      const { statusCode, headers, body } = await browser(`GET ${path}`);
      expect(statusCode).toBe(status);
      expect(headers['content-type']).toContain('text/html');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      return body;
    };
    expect(await closed('/n/aaaaaaaaaaaaaaaaaaaaaa')).toContain('This link is not valid, or has expired');
    expect(await closed('/n/cut-short')).toContain('<html lang="en">');
    expect(await closed('/n/cut-short?lang=zh-CN')).toContain('该链接无效或已过期');
    o.site.now += 401 * DAY;
    await closed(link, 410);
  });

  test('a question of nothing is sent back with what is missing, and the way to the page', async () => {
    const link = await mailed();
    const { action, key } = fieldsOf((await browser(`GET ${link}`)).body);
    for (const words of ['', '   ', 'x'.repeat(1001)]) {
      const { statusCode, body } = await browser(`POST ${action}`, { key, words });
      expect(statusCode).toBe(400);
      expect(body).toContain('请写下您的疑问');
      expect(body).toContain(`href="${link}?lang=zh-CN"`);
    }
    expect((await o.state(NOTICE)).questions).toBe(0);
  });
});
