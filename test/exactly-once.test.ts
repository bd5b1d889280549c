import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../local/client.ts';
import type { FaultKind } from '../local/gateway/index.ts';
import { fresh } from './support/keys.ts';
import { callbackOf, type Site } from './support/site.ts';
import { expectSound } from './support/sound.ts';
import { itemsIn } from './support/tables.ts';
import { insisting, MINUTE, refusal, startWorld, type World } from './support/world.ts';

const SETTLED = { channel: 'call', rings: 1, outcome: { settled: true } };

describe('a command happens exactly once', () => {
  let world: World;
  let site: Site;
  beforeAll(async () => {
    world = await startWorld();
    site = world.lakeside;
  });
  afterAll(() => world?.stop());

  /** How many there are of what a command makes. */
  const heads = async (table: string, type: string) =>
    (await itemsIn(world.cloud, table)).filter(({ pk, sk }) => sk === 'head' && pk.includes(`#${type}#`)).length;
  const eventsOf = async (complaint: string, name: string) =>
    (await site.complaint(complaint)).history.filter(({ event }: Answer) => event === name).length;

  describe('under one key', () => {
    it('the answer is the same for good, also after the case has moved on', async () => {
      const id = await site.takesComplaint();
      const judged = await site.judges(id, { valid: true }, { key: 'judged' });
      await site.accepts(id);
      await site.investigates(id);
      const { actions, ...again } = await site.judges(id, { valid: true }, { key: 'judged' });
      // What can be done is said as of today.
      const { actions: before, ...first } = judged;
      expect(again).toEqual(first);
      const mayOf = (all: Answer[]) => all.filter(({ may }) => may).map((one) => one.do);
      expect([mayOf(before), mayOf(actions)]).toEqual([
        expect.arrayContaining(['assign']),
        expect.arrayContaining(['resolve']),
      ]);
      expect((await site.complaint(id)).status).toBe('investigated');
      expect(await eventsOf(id, 'complaint.assigned')).toBe(1);
    });

    it('so is a refusal, though it would be allowed by now', async () => {
      const id = await site.takesComplaint();
      const early = () => refusal(site.accepts(id, { key: 'too-early' }));
      const refused = await early();
      expect(refused).toMatchObject({ status: 422, code: 'complaint.not-now' });
      await site.judges(id);
      expect(await early()).toEqual(refused);
      expect((await site.accepts(id)).status).toBe('accepted');
    });

    it('another body is refused, the same in another order of its fields is not', async () => {
      const call = await site.only('contacts', SETTLED, { key: 'body' });
      const { outcome, rings, channel } = SETTLED;
      expect(await site.only('contacts', { outcome, rings, channel }, { key: 'body' })).toEqual(call);
      expect(await refusal(site.only('contacts', { ...SETTLED, rings: 2 }, { key: 'body' }))).toMatchObject({
        status: 409,
        code: 'request.key-reused',
      });
    });

    it('another person, site or route has its own', async () => {
      const mine = await site.only('contacts', SETTLED, { key: 'shared' });
      const theirs = await site.only('contacts', SETTLED, { key: 'shared', by: 'agent-2' });
      const elsewhere = await world.westgate.only('contacts', SETTLED, { key: 'shared' });
      expect(new Set([mine.id, theirs.id, elsewhere.id]).size).toBe(3);
    });

    it('a command without a key is refused', async () => {
      expect(await refusal(site.only('contacts', SETTLED, { key: '' }))).toMatchObject({
        status: 400,
        code: 'request.key-missing',
      });
    });

    it('a statement is read and a rebuild begun once, which keep no answer of their own', async () => {
      const supervisor = await site.callerAt('supervisor');
      const today = new Date(world.cloud.clock.now()).toISOString().slice(0, 10);
      const content = Buffer.from(`日期,贷方发生额,对方户名,流水号\n${today},88.00,王五,T1`).toString('base64');
      const sends = () => supervisor.post('/sites/lakeside/statements', { content }, 'statement');
      const [one, two] = await Promise.all([sends(), sends()]);
      for (const other of [two, await sends()]) expect(other.items).toEqual(one.items);
      expect(await heads('billing', 'remittance')).toBe(1);
      const quality = await world.as('quality-manager');
      const begins = () => quality.post('/figures/rebuild', {}, 'rebuild');
      const begun = await Promise.all([begins(), begins(), begins()]);
      await world.cloud.clock.settle();
      expect(new Set([...begun, await begins()].map(({ id }) => id)).size).toBe(1);
      const { items } = await quality.get('/figures/rebuild');
      expect(items.filter(({ id }: Answer) => id === begun[0].id)).toHaveLength(1);
      const other = () => quality.post('/figures/rebuild', { repair: true }, 'rebuild');
      expect(await refusal(other())).toMatchObject({ status: 409, code: 'request.key-reused' });
    });

    it('20 clicks at once are one', async () => {
      const before = await heads('contacts', 'contact');
      const agent = insisting(await site.callerAt('agent-1'));
      const clicks = Array.from({ length: 20 }, () => agent.post('/sites/lakeside/contacts', SETTLED, 'clicked'));
      const answers = await Promise.all(clicks);
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
      expect(await heads('contacts', 'contact')).toBe(before + 1);
    });
  });

  describe('under 20 keys at once on one case', () => {
    it('each is done, one after the other', async () => {
      const id = await site.resolvedComplaint();
      const agent = insisting(await site.callerAt('agent-2'));
      const path = `/sites/lakeside/callbacks/${callbackOf(id)}/attempts`;
      await Promise.all(Array.from({ length: 20 }, () => agent.post(path, { outcome: 'no-answer' }, fresh())));
      const { attempts, history } = await site.callback(id);
      expect([attempts, history.length]).toEqual([20, 21]);
    });

    it('only one resolves it, the others are told so', async () => {
      const id = await site.takesComplaint();
      await site.judges(id);
      await site.accepts(id);
      await site.investigates(id);
      const head = insisting(await site.callerAt('engineering'));
      const path = `/sites/lakeside/complaints/${id}/resolve`;
      const told = await Promise.allSettled(
        Array.from({ length: 20 }, () => head.post(path, { result: 'Done.' }, fresh())),
      );
      expect(told.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const one of told) {
        if (one.status === 'rejected') expect(one.reason.body).toMatchObject({ code: 'complaint.not-now' });
      }
      expect(await eventsOf(id, 'complaint.resolved')).toBe(1);
    });
  });

  describe('whatever call of it fails or kills it', () => {
    const KINDS: FaultKind[] = ['crash-before', 'crash-after', 'error-after', 'conflict', 'throttle'];
    /** More calls than any command makes. */
    const MOST = 20;

    /** Lets every call that the command makes fail in turn, asks again under the same key, and counts what was done. */
    const everywhere = async (name: string, send: (key: string) => Promise<Answer>, count: () => Promise<number>) => {
      let struck = 0;
      for (const kind of KINDS) {
        for (let position = 0; ; position++) {
          expect(position).toBeLessThan(MOST);
          const before = await count();
          const key = fresh('faulty');
          const fault = world.cloud.faults.inject({ kind, function: name, after: position });
          const answer = await send(key);
          fault.remove();
          const where = `${kind} at call ${position} of ${name}`;
          expect(await send(key), where).toEqual(answer);
          expect(await count(), where).toBe(before + 1);
          if (fault.hits === 0) break;
          struck += 1;
        }
      }
      return struck;
    };

    it('a call is recorded once', async () => {
      const agent = insisting(await site.callerAt('agent-1'));
      const send = (key: string) => agent.post('/sites/lakeside/contacts', SETTLED, key);
      expect(await everywhere('HuiyinIntake-ApiFunction', send, () => heads('contacts', 'contact'))).toBeGreaterThan(8);
    });

    it('an attempt to call back is recorded once', async () => {
      const id = await site.resolvedComplaint();
      const agent = insisting(await site.callerAt('agent-2'));
      const path = `/sites/lakeside/callbacks/${callbackOf(id)}/attempts`;
      const send = (key: string) => agent.post(path, { outcome: 'no-answer', number: '138 0000 0000' }, key);
      const count = async () => (await site.callback(id)).attempts;
      expect(await everywhere('HuiyinCallbacks-ApiFunction', send, count)).toBeGreaterThan(8);
    });

    it('somebody joins once', async () => {
      const admin = insisting(await world.as('admin'));
      const send = (key: string) =>
        admin.post('/staff', { name: 'New', subject: `new-${key}`, language: 'en', grants: [] }, key);
      expect(await everywhere('HuiyinRegistry-ApiFunction', send, () => heads('registry', 'staff'))).toBeGreaterThan(8);
    });

    it('and what follows from a call follows once, within minutes', async () => {
      for (const kind of KINDS) {
        for (let position = 0; ; position++) {
          expect(position).toBeLessThan(MOST);
          const fault = world.cloud.faults.inject({ kind, function: 'HuiyinComplaints-OnContact', after: position });
          const id = await site.takesComplaint();
          if (fault.hits > 0) await world.passes(MINUTE);
          fault.remove();
          expect(await site.complaint(id), `${kind} at call ${position}`).toMatchObject({ version: 1 });
          if (fault.hits === 0) break;
        }
      }
    });
  });

  it('what AWS takes in part only is taken whole in the end, and once', async () => {
    const inPart = (action: string) => world.cloud.faults.inject({ kind: 'partial', action, times: 6 });
    const before = await heads('complaints', 'complaint');
    const faults = ['BatchGetItem', 'PutEvents'].map(inPart);
    const ids = await Promise.all([site.takesComplaint(), site.takesComplaint(), site.takesComplaint()]);
    await world.passes(10 * MINUTE);
    expect(faults.map(({ hits }) => hits > 0)).toEqual([true, true]);
    for (const fault of faults) fault.remove();
    expect(await heads('complaints', 'complaint')).toBe(before + 3);
    for (const id of ids) expect(await site.complaint(id)).toMatchObject({ version: 1 });
  });

  it('leaves everything sound, as a check finds whose own messages are not all taken at first', async () => {
    const fault = world.cloud.faults.inject({ kind: 'partial', action: 'SendMessageBatch', times: 3 });
    await expectSound(world);
    expect(fault.hits).toBe(3);
  });
});
