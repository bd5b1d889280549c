import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Caller } from '../local/client.ts';
import { createIam } from '../local/gateway/iam.ts';
import type { Role } from '../local/model.ts';
import { expectCountedByHand } from './support/figures.ts';
import { chargesByArea, entersHome, type Home } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import { expectSound } from './support/sound.ts';
import { modelOf } from './support/tables.ts';
import { HOUR, MINUTE, startWorld, type World } from './support/world.ts';

const DAY = 24 * HOUR;
/** As the mail service's simulator has it: what is sent there comes back for good. */
const BOUNCES = 'bounce+owner@simulator.amazonses.com';

describe('notices and letters (缴费通知单、催缴函)', () => {
  let world: World;
  let agent: Caller;
  let manager: Caller;
  const homes = {} as Record<'reads' | 'moved' | 'paper', Home>;

  beforeAll(async () => {
    world = await startWorld();
    agent = await world.as('lakeside-agent-1');
    manager = await world.as('lakeside-manager');
    homes.reads = await entersHome(world, { name: 'reads', number: '101', email: 'reads@owners.example' });
    homes.moved = await entersHome(world, { name: 'moved', number: '102', email: BOUNCES });
    homes.paper = await entersHome(world, { name: 'paper', number: '103' });
    await chargesByArea(world);
    await world.settle();
  });
  afterAll(() => world?.stop());

  const issue = (period: string) => manager.post('/sites/lakeside/runs', { period }, fresh());
  const runMail = (period: string) => agent.get(`/sites/lakeside/runs/run_${period}/mail`);
  const ownersMail = async () => (await world.cloud.mail()).filter(({ to }) => to.some((one) => one.includes('owner')));
  const mailsTo = async (address: string) => (await ownersMail()).filter(({ to }) => to.includes(address)).length;
  const listed = async (query: string): Promise<Answer[]> =>
    (await agent.get(`/sites/lakeside/letters?limit=100&${query}`)).items;
  const toPrint = () => listed('state=to-print');

  it('reach every payer: by email, on paper where there is no address or the mail came back', async () => {
    await issue('2026-03');
    await world.passes(5 * MINUTE);
    expect(await runMail('2026-03')).toMatchObject({
      letters: 3,
      sent: 2,
      delivered: 1,
      bounced: 1,
      paper: 2,
      handedOver: 0,
    });
    const [mail] = (await ownersMail()).filter(({ to }) => to.includes('reads@owners.example'));
    expect(mail?.text).toContain('¥253.99');
    expect(mail?.subject).toContain('缴费通知单');
    const paper = await toPrint();
    expect(paper.map(({ party }) => party).sort()).toEqual([homes.moved.party, homes.paper.party].sort());
    const letters = paper.map(({ id }) => id);
    const body = { letters, receivedBy: 'payer', proof: 'a'.repeat(64) };
    const { items } = await agent.post('/sites/lakeside/letters/handed-over', body, fresh());
    expect(items).toEqual(letters.map((letter) => ({ letter, status: 'handed-over' })));
    expect(await runMail('2026-03')).toMatchObject({ queued: 0, paper: 2, handedOver: 2 });
  });

  it('ask an agent for an address in place of a bad one, and nobody any more once it is given', async () => {
    const { items } = await agent.get('/sites/lakeside/payers');
    expect(items).toMatchObject([{ party: homes.moved.party, bad: 1, owed: [{ duty: 'new-address' }] }]);
    const admin = await world.as('admin');
    const contacts = [{ way: 'email', value: 'new@owners.example', purposes: ['fees'], consent: true }];
    await admin.put(`/sites/lakeside/parties/${homes.moved.party}`, { name: 'moved', contacts }, fresh());
    await world.settle();
    expect((await agent.get('/sites/lakeside/payers')).items).toEqual([]);
    // Nothing more goes to the address that was bad, not even that another took its place.
    expect(await mailsTo(BOUNCES)).toBe(1);
  });

  it('whose mailer dies after the mail service took the mail are settled by what it tells, and nobody gets two', async () => {
    const before = await mailsTo('reads@owners.example');
    const deaths = world.cloud.faults.inject({ kind: 'crash-after', function: 'Mailer', service: 'ses', times: 1 });
    await issue('2026-04');
    await world.passes(3 * HOUR);
    expect(deaths.hits).toBe(1);
    // What died beside it had been claimed and not sent: that is for a person to find out.
    const { delivered, queued } = await runMail('2026-04');
    expect(delivered).toBeGreaterThan(0);
    expect({ delivered, queued }).toEqual({ delivered, queued: 2 - delivered });
    for (const { id } of await listed('state=unknown')) {
      await agent.post(`/sites/lakeside/letters/${id}/settle`, { how: 'send-again' }, fresh());
    }
    await world.passes(5 * MINUTE);
    expect(await runMail('2026-04')).toMatchObject({ letters: 3, queued: 0, sent: 2, delivered: 2, paper: 1 });
    expect(await mailsTo('reads@owners.example')).toBe(before + 1);
    expect(await mailsTo('new@owners.example')).toBe(1);
  });

  it('of which nobody knows whether they went out are a person’s to decide, and not sent again', async () => {
    await world.passes(DAY);
    const before = (await ownersMail()).length;
    const lost = world.cloud.faults.inject({ kind: 'timeout', function: 'Mailer', service: 'ses', times: 1 });
    await issue('2026-05');
    await world.passes(2 * HOUR);
    expect(lost.hits).toBe(1);
    const [letter] = await listed('state=unknown');
    expect(letter?.owed.map(({ duty }: Answer) => duty).sort()).toEqual(['deliver', 'settle']);
    await agent.post(`/sites/lakeside/letters/${letter?.id}/settle`, { how: 'print' }, fresh());
    await world.passes(5 * MINUTE);
    expect(await agent.get(`/sites/lakeside/letters/${letter?.id}`)).toMatchObject({ status: 'to-print', attempts: 1 });
    expect((await ownersMail()).length).toBe(before + 1);
  });

  it('come right when the mail service throttles for an hour: nothing is lost, doubled or given up', async () => {
    await world.passes(DAY);
    const before = (await ownersMail()).length;
    const busy = world.cloud.faults.inject({ kind: 'throttle', function: 'Mailer', service: 'ses', times: 100_000 });
    await issue('2026-06');
    await world.passes(HOUR);
    expect(busy.hits).toBeGreaterThan(2);
    busy.remove();
    expect((await ownersMail()).length).toBe(before);
    await world.passes(HOUR);
    expect((await ownersMail()).length).toBe(before + 2);
    expect(await runMail('2026-06')).toMatchObject({ sent: 2, delivered: 2 });
    expect(world.cloud.deadLetters()).toEqual([]);
  });

  it('stay delivered whatever replies come by themselves, and ask for an address whose domain is no more', async () => {
    await world.passes(DAY);
    const { items: before } = await agent.get('/sites/lakeside/payers');
    world.cloud.mailOutcome(({ to }) => (to[0]?.startsWith('reads') ? 'auto-replied' : 'dead-domain'));
    await issue('2026-07');
    await world.passes(HOUR);
    world.cloud.mailOutcome(() => undefined);
    expect(await runMail('2026-07')).toMatchObject({ letters: 3, sent: 2, delivered: 1, bounced: 1, paper: 2 });
    const { items } = await agent.get('/sites/lakeside/payers');
    expect(before).toEqual([]);
    expect(items).toMatchObject([{ party: homes.moved.party, bad: 2, owed: [{ duty: 'new-address' }] }]);
  });

  it('leave the pile when they arrive after all, though they had come back for now', async () => {
    await world.passes(DAY);
    world.cloud.mailOutcome(({ to }) => (to[0]?.startsWith('reads') ? 'soft-bounced' : undefined));
    await issue('2026-08');
    await world.passes(15 * HOUR);
    world.cloud.mailOutcome(() => undefined);
    const [letter] = (await toPrint()).filter(({ run, party }) => run === 'run_2026-08' && party === homes.reads.party);
    const timestamp = new Date(world.cloud.clock.now()).toISOString();
    const tags = { site: ['lakeside'], letter: [letter?.id], 'ses:operation': ['SendEmail'] };
    const mail = { timestamp, messageId: 'late', tags };
    await world.cloud.invoke('HuiyinLetters/MailEvents/Function', {
      detail: { eventType: 'Delivery', mail, delivery: { timestamp } },
    });
    await world.settle();
    expect(await agent.get(`/sites/lakeside/letters/${letter?.id}`)).toMatchObject({ status: 'delivered' });
    expect((await toPrint()).map(({ id }) => id)).not.toContain(letter?.id);
  });

  it('carry out the steps of dunning: the email when it was sent, the demand when it was left behind, proven when somebody signed', async () => {
    await world.passes(DAY);
    // Arrears from before; what has fallen due of their ladder acts at 09:00.
    const arrears = async (home: Home, daysAgo: number) => {
      const dueDay = new Date(world.cloud.clock.now() - daysAgo * DAY).toISOString().slice(0, 10);
      const bills = [{ period: '2025', dueDay, fen: 100_000 }];
      return (await manager.post('/sites/lakeside/arrears', { ...home, bills }, fresh())).id;
    };
    const done = async (account: string) =>
      (await agent.get(`/sites/lakeside/accounts/${account}`)).history
        .filter(({ event }: Answer) => event === 'account.part-done' || event === 'account.part-proven')
        .map(({ data }: Answer) => `${data.rung} ${data.channel} ${data.evidence.arrived} ${data.evidence.receivedBy}`);
    const reads = await arrears(homes.reads, 1);
    const paper = await arrears(homes.paper, 30);
    await world.passes(DAY);
    expect(await done(reads)).toEqual(['friendly email true undefined']);
    expect(await done(paper)).toEqual([]);
    const demand = (await toPrint()).find(({ kind }) => kind === 'demand');
    await agent.post(`/sites/lakeside/letters/${demand?.id}/printed`, {}, fresh());
    const left = { words: '贴门，已拍照', proof: 'b'.repeat(64) };
    await agent.post(`/sites/lakeside/letters/${demand?.id}/attempted`, left, fresh());
    await world.settle();
    expect(await done(paper)).toEqual(['demand letter false undefined']);
    const taken = { receivedBy: 'relative', relation: '配偶' };
    await agent.post(`/sites/lakeside/letters/${demand?.id}/handed-over`, taken, fresh());
    await world.settle();
    expect(await done(paper)).toEqual(['demand letter false undefined', 'demand letter true relative']);
  });

  it('open into a page for their owner, who may question them there', async () => {
    const mail = (await ownersMail()).find(({ to }) => to.includes('reads@owners.example'));
    const link = /https?:\S+\/n\/[A-Za-z0-9_-]{22}/.exec(mail?.text ?? '')?.[0] ?? '';
    const page = await (await fetch(link, { headers: { 'accept-language': 'en' } })).text();
    expect(page).toContain('¥253.99');
    const [, action = ''] = /action="([^"]+)"/.exec(page) ?? [];
    const [, key = ''] = /name="key" value="([^"]+)"/.exec(page) ?? [];
    const form = () => new URLSearchParams({ key, words: '面积不对' });
    for (let i = 0; i < 2; i++) {
      const asked = await fetch(new URL(action.replaceAll('&amp;', '&'), link), { method: 'POST', body: form() });
      expect(asked.status).toBe(200);
    }
    await world.settle();
    const contacts = (await agent.get('/sites/lakeside/contacts?limit=100')).items;
    const [asked, ...more] = contacts.filter(({ letter }: Answer) => letter !== undefined);
    expect(more).toEqual([]);
    expect(await agent.get(`/sites/lakeside/contacts/${asked.id}`)).toMatchObject({
      channel: 'web',
      words: '面积不对',
    });
    expect((await fetch(link.slice(0, -1))).status).toBe(404);
  });

  it('have a page that reaches no ledger: whoever calls it, its function writes letters and nothing else', async () => {
    const { deployment } = world.cloud;
    const page = deployment.functions.find(({ path }) => path.includes('/LetterPage'));
    const iam = createIam(deployment);
    const may = (action: string, ...keys: string[]) =>
      iam.allows(page?.role as Role, {
        action: `dynamodb:${action}`,
        resource: modelOf(world.cloud, 'billing').arn,
        context: { 'dynamodb:LeadingKeys': keys },
      });
    const letter = 'lakeside#letter#let_1';
    expect(await may('PutItem', letter)).toBe(true);
    expect(await may('BatchGetItem', letter, 'lakeside#key#everybody#x')).toBe(true);
    for (const key of ['lakeside#account#acc_1', 'lakeside#run#run_1', 'lakeside#key#agent-1#x', 'link#x']) {
      expect(await may('PutItem', key), key).toBe(false);
    }
    expect(await may('GetItem', 'lakeside#account#acc_1')).toBe(false);
    expect(await may('Query', 'lakeside#slip#slp_1')).toBe(false);
    expect(await may('DeleteItem', letter)).toBe(false);
  });

  it('end their links with the address, which is told that another took its place; and with somebody’s word', async () => {
    const last = async (to: string) => (await ownersMail()).filter((mail) => mail.to.includes(to)).at(-1);
    const linkIn = (text = '') => /https?:\S+\/n\/[A-Za-z0-9_-]{22}/.exec(text)?.[0] ?? '';
    const old = linkIn((await last('reads@owners.example'))?.text);
    expect((await fetch(old)).status).toBe(200);
    const change = { way: 'email', value: 'other@owners.example', replaces: 'reads@owners.example' };
    await agent.post(`/sites/lakeside/parties/${homes.reads.party}/contacts`, change, fresh());
    await world.settle();
    const told = await last('reads@owners.example');
    expect(told?.subject).toContain('本邮箱不再用于接收通知');
    expect(told?.text).not.toMatch(/other@|101/);
    const closed = await fetch(old);
    expect(closed.status).toBe(410);
    const text = await closed.text();
    for (const said of ['该链接已失效', 'This link has ended']) expect(text).toContain(said);

    await world.passes(DAY);
    await issue('2026-09');
    await world.passes(HOUR);
    const link = linkIn((await last('other@owners.example'))?.text);
    expect((await fetch(link)).status).toBe(200);
    const [letter] = (await listed('state=finished')).filter(
      ({ run, party }) => run === 'run_2026-09' && party === homes.reads.party,
    );
    await agent.post(`/sites/lakeside/letters/${letter?.id}/end-links`, { words: '业主来电要求' }, fresh());
    expect((await fetch(link)).status).toBe(410);
    expect(world.cloud.deadLetters()).toEqual([]);
  });

  it('print as PDF, one by one and a day at a go, with the sheet to sign', async () => {
    const [letter] = await toPrint();
    const token = await world.cloud.token('lakeside-agent-1');
    for (const path of [
      `letters/${letter?.id}/pdf`,
      `delivery-sheets/${letter?.day}`,
      `delivery-sheets/${letter?.day}/letters`,
    ]) {
      const answer = await fetch(`${world.cloud.apiUrl}/sites/lakeside/${path}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.headers.get('content-type'), path).toBe('application/pdf');
      expect(
        Buffer.from(await answer.arrayBuffer())
          .subarray(0, 5)
          .toString(),
        path,
      ).toBe('%PDF-');
    }
  });

  it('are counted as by hand, and leave everything sound', async () => {
    await expectCountedByHand(world);
    await expectSound(world);
  });
});
