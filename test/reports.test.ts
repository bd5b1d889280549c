import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../local/client.ts';
import { chargesByArea, entersHome } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import { callbackOf } from './support/site.ts';
import { HOUR, refusal, startWorld, type World } from './support/world.ts';

const DAY = 24 * HOUR;
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

describe('the report of a month', () => {
  let world: World;

  beforeAll(async () => {
    // Tuesday 31 March 2026, 10:00 in Shanghai.
    world = await startWorld({ start: Date.UTC(2026, 2, 31, 2) });
    await entersHome(world, { building: '1#', number: '101', area: 100 });
    await chargesByArea(world);
    const manager = await world.as('lakeside-manager');
    await manager.post('/sites/lakeside/runs', { period: '2026-03' }, fresh());
    const complaint = await world.lakeside.resolvedComplaint();
    await world.passes(HOUR);
    await world.lakeside.only(
      `callbacks/${callbackOf(complaint)}/attempts`,
      { outcome: 'reached', rating: 5 },
      {
        by: 'agent-2',
      },
    );
    await world.passes(HOUR);
  });
  afterAll(() => world?.stop());

  const reports = async (sub: string, where: string) => (await world.as(sub)).get(where);
  const mailOf = async (sub: string): Promise<Answer[]> =>
    ((await world.cloud.mail()) as Answer[]).filter(
      ({ to, attachments }) => to[0] === `${sub}@staff.example.com` && attachments.length > 0,
    );

  it('is planned for: the director gives an engineer’s head something to do, and the head hears of it', async () => {
    const director = await world.as('lakeside-director');
    const plan = { period: '2026-03', topic: 'Q3', words: '每晚七点核对未回访名单', role: 'department-head' };
    const { id } = await director.post(
      '/sites/lakeside/improvements',
      { ...plan, department: 'engineering', dueDay: '2026-04-02' },
      fresh(),
    );
    await world.settle();
    expect(await world.inbox('lakeside-engineering', id)).toMatchObject([{ kind: 'handed', duty: 'improve' }]);
    const head = await world.as('lakeside-engineering');
    await head.post(`/sites/lakeside/improvements/${id}/progress`, { words: '名单已上墙' }, fresh());
    const early = refusal(director.post('/sites/lakeside/reports', { period: '2026-03' }, fresh()));
    expect((await early).code).toBe('report.not-over');
  });

  it('is issued on the 5th at 08:00 and mailed to the director once, whoever dies meanwhile', async () => {
    const faults = ['ReportsDue', 'ReportsWriter', 'OnReportIssued'].map((name, i) =>
      world.cloud.faults.inject({ kind: 'crash-after', function: `HuiyinReports-${name}`, after: i, times: 1 }),
    );
    await world.passes(4 * DAY + 18 * HOUR);
    expect(await mailOf('lakeside-director')).toEqual([]);
    await world.passes(8 * HOUR);
    expect(faults.map(({ hits }) => hits)).toEqual([1, 1, 1]);
    const mails = await mailOf('lakeside-director');
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      subject: '【翠湖花园】月度服务质量报告 2026-03',
      attachments: [{ name: 'lakeside-2026-03-1.pdf', type: 'application/pdf' }],
    });
    expect(Buffer.from(mails[0]?.attachments[0].content, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    expect((await mailOf('group-manager')).map(({ subject }) => subject)).toEqual([
      '[Group] Monthly service report 2026-03',
    ]);
    expect(await mailOf('westgate-director')).toEqual([]);
  });

  it('says what was done, what is late, and what is open, and reads so for ever', async () => {
    const where = '/sites/lakeside/reports/2026-03';
    const report = await reports('lakeside-director', where);
    expect(report).toMatchObject({
      edition: 1,
      by: 'system:calendar',
      figures: { Q3: { met: 1, missed: 0 } },
      service: { complaints: { total: { received: 1 } } },
      collection: { months: [{ month: '2026-03' }], total: { principal: { closingFen: 28_500 } } },
      arrears: { ageing: { open: { fen: 28_500, bills: 1 } } },
      improvements: { open: 1, late: 1, lines: [{ words: '每晚七点核对未回访名单', said: '名单已上墙', late: true }] },
    });
    const director = await world.as('lakeside-director');
    await director.post('/sites/lakeside/reports', { period: '2026-03' }, fresh());
    await world.settle();
    expect(await reports('lakeside-director', `${where}?edition=1`)).toEqual(report);
    expect(await mailOf('lakeside-director')).toHaveLength(2);
  });

  it.skipIf(!existsSync(CHROMIUM))(
    'opens by the link in the mail, with its charts, in both languages, on a phone',
    async () => {
      const [mail] = await mailOf('lakeside-director');
      const [, link = ''] = /href="(http[^"]*\/r\/[^"]*)"/.exec(mail?.html) ?? [];
      const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
      try {
        const page = await browser.newPage({ viewport: { width: 375, height: 700 } });
        const complaints: string[] = [];
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
        await page.goto(link.replaceAll('&amp;', '&'));
        expect(await page.locator('h1').textContent()).toBe('月度服务质量报告 2026-03');
        expect(await page.locator('svg').count()).toBeGreaterThan(2);
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
        await page.getByRole('link', { name: 'English' }).click();
        expect(await page.locator('h1').textContent()).toBe('Monthly service report 2026-03');
        expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);
      } finally {
        await browser.close();
      }
    },
  );

  it('opens by its links no more once the director says so, and says whom to ask', async () => {
    const [mail] = await mailOf('lakeside-director');
    const [, link = ''] = /href="(http[^"]*\/r\/[^"]*)"/.exec(mail?.html) ?? [];
    const open = () => fetch(link.replaceAll('&amp;', '&'));
    expect((await open()).status).toBe(200);
    const director = await world.as('lakeside-director');
    await director.post('/sites/lakeside/reports/2026-03/end-links', { words: '误转发' }, fresh());
    const closed = await open();
    expect([closed.status, await closed.text()]).toEqual([410, expect.stringContaining('该链接已失效')]);
    expect((await reports('lakeside-director', '/sites/lakeside/reports/2026-03')).edition).toBe(2);
  });
});
