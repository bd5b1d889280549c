import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsRequest } from '../local/gateway/request.ts';
import { exported } from './support/exported.ts';
import { entersUnit } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import type { Site } from './support/site.ts';
import { contactOf } from './support/site.ts';
import { itemsIn } from './support/tables.ts';
import { HOUR, MINUTE, startWorld, type World } from './support/world.ts';

/** What people say, recognisably; each stands for a text of its kind. */
const SAID: string[] = [];
const said = (what: string): string => {
  const text = `ZQ${SAID.length}X ${what}`;
  SAID.push(text.split(' ')[0] as string);
  return text;
};
/** An owner, entered with name and contact ways. */
const OWNER = {
  name: said('Owner'),
  phone: '+8613900001234',
  /** As people read it. */
  number: '139 0000 1234',
  email: 'zq-owner@home.example.com',
};
const MARKS = () => [...SAID, OWNER.phone, '13900001234', OWNER.number, OWNER.email];

describe('what people say stays in the one table where it can be erased', () => {
  let world: World;
  let site: Site;
  let party: string;
  let unit: string;
  /** Every call of every function, but to the table of personal texts, that carried one of the marks. */
  const carried: string[] = [];
  let watched = 0;

  beforeAll(async () => {
    world = await startWorld();
    site = world.lakeside;
    const personal = world.cloud.deployment.tables.find(({ logicalId }) => logicalId.startsWith('PersonalTable'))?.name;
    const watch = ({ service, action, body, principal, raw }: AwsRequest) => {
      if (principal === 'root') return false;
      watched += 1;
      const puts = (body.TransactItems as { Put?: { TableName: string } }[] | undefined)?.filter(
        ({ Put }) => Put?.TableName !== personal,
      );
      const text = puts ? JSON.stringify(puts) : raw.toString('utf8');
      for (const mark of MARKS()) if (text.includes(mark)) carried.push(`${principal} ${service} ${action}: ${mark}`);
      return false;
    };
    world.cloud.faults.inject({ kind: 'throttle', match: watch });
    await everythingThatCanBeSaid();
  });
  afterAll(() => world?.stop());

  const everythingThatCanBeSaid = async () => {
    const director = await site.callerAt('director');
    const contacts = [
      { way: 'phone', value: OWNER.phone, consent: true },
      { way: 'email', value: OWNER.email, consent: true },
    ];
    unit = await entersUnit(world, 'B', '11');
    party = (await director.post('/sites/lakeside/parties', { name: OWNER.name, contacts }, fresh())).id;
    const replyBy = new Date(world.cloud.clock.now() + HOUR).toISOString();
    const shown = (what: string) => ({
      happenedAt: new Date(world.cloud.clock.now()).toISOString(),
      evidence: said(`what shows the ${what}`),
    });
    await site.takesCall({ party, outcome: { settled: true, note: said('note') } });
    const repair = { as: 'repair', department: 'engineering', words: said('repair') };
    const promised = await site.takesCall({ party, outcome: repair, promise: { replyBy } });
    await site.onContact(promised.id, 'accept', { spokenBy: world.staff('lakeside-engineering') });
    await site.onContact(promised.id, 'reply', { words: said('reply'), ...shown('reply') });
    const complaint = { as: 'complaint', kind: 'noise', department: 'security', confidential: true };
    const { complaint: id } = await site.takesCall({
      party,
      unit,
      outcome: { ...complaint, words: said('complaint') },
    });
    const explanation = said('explanation');
    await site.judges(id, { valid: false, reason: 'no-fact', explanation });
    await site.onComplaint(id, 'second-look', { agree: false, explanation: said('second') }, 'manager');
    await site.onComplaint(id, 'important', { reason: said('important') }, 'agent-1');
    await site.onComplaint(id, 'accept', { spokenBy: world.staff('lakeside-security') }, 'agent-1');
    await site.onComplaint(id, 'investigate', { findings: said('findings'), ...shown('findings') }, 'security');
    await site.onComplaint(id, 'give-up', { reason: said('give-up') }, 'security');
    await site.onComplaint(id, 'decide', { decision: said('decision') }, 'manager');
    await site.onComplaint(id, 'resolve', { result: said('result'), ...shown('result') }, 'security');
    await site.callsBack(id, { outcome: 'no-answer', number: OWNER.phone });
    // Overdue, so that everybody who can be told is told.
    await world.passes(49 * HOUR);
    const nextPromise = new Date(world.cloud.clock.now() + HOUR).toISOString();
    const heard = { rating: 4, number: OWNER.phone, spokeWith: said('spoke with'), opinions: [said('opinion')] };
    await site.callsBack(id, { ...heard, nextPromise });
    await site.onCallback(id, 'opinions/answer', { item: 0, answer: said('answer') }, 'security');
    await site.onCallback(id, 'opinions/sign', { item: 0 }, 'security');
    await site.onCallback(id, 'reply', { reply: said('kept') }, 'agent-2');
    await site.onComplaint(id, 'sign', { feedback: said('feedback') }, 'security');
    expect((await site.complaint(id)).status).toBe('closed');
    for (const [command, reason] of [
      ['publish', undefined],
      ['waive', 'owner-deceased'],
    ] as const) {
      const other = await site.resolvedComplaint({ words: said('other'), anonymous: command === 'publish' });
      const body = reason ? { reason, explanation: said('waiver') } : { answer: said('published') };
      await site.onCallback(other, command, body, 'supervisor');
    }
    await world.passes(24 * HOUR);
  };

  const marksIn = (text: string) => MARKS().filter((mark) => text.includes(mark));

  it('keeps every text, name and number in the table of personal texts', async () => {
    const kept = JSON.stringify(await itemsIn(world.cloud, 'personal'));
    expect(MARKS().filter((mark) => !kept.includes(mark))).toEqual([]);
  });

  it('has none of it in a journal, a head, a key, a notice or a figure', async () => {
    for (const table of ['registry', 'contacts', 'complaints', 'callbacks', 'inbox', 'reporting']) {
      const items = await itemsIn(world.cloud, table);
      expect(items.length, table).toBeGreaterThan(5);
      expect(marksIn(JSON.stringify(items)), table).toEqual([]);
    }
  });

  it('puts none of it on the bus, into a queue, a timer or a mail', async () => {
    expect(watched).toBeGreaterThan(500);
    expect(carried).toEqual([]);
    const mails = await world.cloud.mail();
    expect(mails.length).toBeGreaterThan(3);
    expect(marksIn(JSON.stringify(mails))).toEqual([]);
  });

  it('exports none of it, nor a hash by which a number could be guessed', async () => {
    const text = JSON.stringify(await exported(world));
    expect(marksIn(text)).toEqual([]);
    const hashes = (await itemsIn(world.cloud, 'personal')).map(({ hash }) => String(hash));
    expect(hashes.length).toBeGreaterThan(20);
    expect(hashes.filter((hash) => text.includes(hash))).toEqual([]);
  });

  it('writes none of it into a log', () => {
    const lines = world.cloud.logs().map(({ line }) => line);
    expect(lines.length).toBeGreaterThan(100);
    expect(marksIn(lines.join('\n'))).toEqual([]);
    // A log names staff and cases, never an owner's way of being reached.
    expect(lines.filter((line) => /@|Bearer|authorization/i.test(line))).toEqual([]);
  });

  it('logs who read it', async () => {
    const id = await site.takesComplaint({ words: said('read') });
    await site.complaint(id, 'manager');
    const reads = world.cloud.logs().filter(({ line }) => line.includes('HY-PER-1') && line.includes(id));
    expect(reads.map(({ line }) => JSON.parse(line).staff)).toEqual([world.staff('lakeside-manager')]);
  });

  describe('of a confidential complaint', () => {
    it('the department sees the matter, never who it was: neither on the sheet, nor the contact, nor the callback', async () => {
      const outcome = {
        as: 'complaint',
        kind: 'noise',
        department: 'engineering',
        words: 'Noise.',
        confidential: true,
      };
      const { complaint: id } = await site.takesCall({ party, unit, outcome });
      await site.judges(id);
      await site.accepts(id);
      await site.investigates(id);
      await site.resolves(id);
      await site.callsBack(id, {
        number: OWNER.phone,
        spokeWith: OWNER.name,
        opinions: ['Later at night.'],
        rating: 4,
      });
      const seen = (by: string) =>
        Promise.all([
          site.contact(contactOf(id), by),
          site.complaint(id, by),
          site.callback(id, 1, by),
          ...['contacts', 'complaints', 'callbacks'].map((list) => site.get(list, by)),
        ]);
      const who = [party, unit, OWNER.number, OWNER.name];
      const byDepartment = JSON.stringify(await seen('engineering'));
      expect(byDepartment).toContain('Later at night.');
      expect(who.filter((one) => byDepartment.includes(one))).toEqual([]);
      const byDesk = JSON.stringify(await seen('agent-1'));
      expect(who.filter((one) => !byDesk.includes(one))).toEqual([]);
    });

    it('an anonymous one names no party anywhere', async () => {
      const outcome = { as: 'complaint', kind: 'noise', department: 'engineering', words: 'Noise.', anonymous: true };
      const { complaint: id } = await site.takesCall({ party, outcome });
      expect(JSON.stringify(await site.complaint(id))).not.toContain(party);
      expect(JSON.stringify(await site.complaint(id, 'engineering'))).not.toContain(party);
    });
  });

  it('tells nobody of a department about owners', async () => {
    const head = await site.callerAt('engineering');
    await world.passes(MINUTE);
    for (const path of ['parties', `parties/${party}`]) {
      await expect(head.get(`/sites/lakeside/${path}`), path).rejects.toMatchObject({ status: 403 });
    }
  });
});
