import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { traceOf } from '../../local/trace/trace.ts';
import { entersUnit } from '../support/homes.ts';
import { callbackOf, contactOf, figure, type Site } from '../support/site.ts';
import { expectSound } from '../support/sound.ts';
import { HOUR, MINUTE, refusal, SECOND, startLocalWorld } from '../support/world.ts';

const MONDAY = '2026-03-02';
const SETTLED = { outcome: { settled: true } };
const REPAIR = { as: 'repair', department: 'engineering', words: 'The tap drips.' };

describe('the front desk', () => {
  let world: Awaited<ReturnType<typeof startLocalWorld>>;
  let site: Site;
  beforeAll(async () => {
    world = await startLocalWorld();
    site = world.lakeside;
  });
  afterAll(() => world?.stop());

  const standing = (measure: string, id: string) => site.standing(measure, MONDAY, id);
  const instant = (ms: number) => new Date(world.cloud.clock.now() + ms).toISOString();
  /** When mail about a case went to somebody, in ms before now. */
  const heard = async (who: string, contact: string) => {
    const { number } = await site.contact(contact);
    return (await world.mailTo(`lakeside-${who}`))
      .filter(({ subject }) => subject.includes(number))
      .map(({ at }) => world.cloud.clock.now() - at);
  };

  it('answers a call in time within three rings; the fourth is late, and a missed call counts too', async () => {
    const third = await site.takesCall({ rings: 3, ...SETTLED });
    const fourth = await site.takesCall({ rings: 4, ...SETTLED });
    const missed = await site.takesCall({ rings: 6, answered: false });
    expect([third.status, fourth.status, missed.status]).toEqual(['settled', 'settled', 'not-answered']);
    expect(await standing('Q2', third.id)).toBe('met');
    expect(await standing('Q2', fourth.id)).toBe('missed: answered-late');
    expect(await standing('Q2', missed.id)).toBe('missed: not-answered');
    // Courtesy is of contacts somebody took.
    expect(await standing('Q1', fourth.id)).toBe('met');
    expect(await standing('Q1', missed.id)).toBeUndefined();
    expect(await site.figure('Q2', MONDAY)).toEqual(figure({ met: 1, missed: 2 }));
    expect(await site.figure('Q1', MONDAY)).toEqual(figure({ met: 2 }));
  });

  it('belongs to the day of its own site', async () => {
    const call = await world.westgate.takesCall(SETTLED);
    expect(await world.westgate.standing('Q2', '2026-03-01', call.id)).toBe('met');
    expect(await world.westgate.figure('Q2', MONDAY)).toEqual(figure({}));
  });

  describe('a complaint about attitude', () => {
    const about = (staff: string, contact?: string) => ({
      kind: 'attitude',
      words: 'Was shouted at.',
      about: { staff: world.staff(`lakeside-${staff}`), ...(contact === undefined ? {} : { contact }) },
    });
    /** Registered by the other agent. */
    const complains = async (said: Record<string, unknown>, unit?: string): Promise<string> =>
      (await site.takesCall({ unit, outcome: { as: 'complaint', department: 'security', ...said } }, { by: 'agent-2' }))
        .complaint;
    const found = async (id: string, upheld: boolean) => {
      await site.judges(id, { valid: true }, { by: 'manager' });
      await site.accepts(id, { by: 'security' });
      await site.investigates(id, { upheld }, { by: 'security' });
    };

    it('counts, once upheld, against the latest contact of that agent with the unit, else their last of the day', async () => {
      const [unit, elsewhere] = [await entersUnit(world, 'B', '201'), await entersUnit(world, 'C', '7')];
      const first = await site.takesCall({ unit, ...SETTLED });
      await world.passes(MINUTE);
      const second = await site.takesCall({ unit, ...SETTLED });
      await world.passes(MINUTE);
      const last = await site.takesCall({ unit: elsewhere, ...SETTLED });
      const id = await complains(about('agent-1'), unit);
      await found(id, true);
      expect((await site.complaint(id)).about.contact).toBe(second.id);
      expect(await standing('Q1', first.id)).toBe('met');
      expect(await standing('Q1', second.id)).toBe('missed: attitude-upheld');
      expect(await standing('Q1', last.id)).toBe('met');
      expect((await site.complaint(await complains(about('agent-1')))).about.contact).toBe(last.id);
    });

    it('counts where it was heard when nobody knows who it was, or they took no contact that day', async () => {
      const { about: _, ...nameless } = about('agent-1');
      for (const said of [nameless, about('engineering')]) {
        const id = await complains(said);
        await found(id, true);
        expect(await standing('Q1', contactOf(id))).toBe('missed: attitude-upheld');
        expect(await site.figure('Q1', MONDAY)).toMatchObject({ due: (await site.cases('Q1', MONDAY)).length });
      }
    });

    it('is of the registry’s people, homes and parties alone', async () => {
      const someone = { kind: 'attitude', words: 'Was shouted at.', about: { staff: 'stf_nobody' } };
      for (const [field, said] of [
        ['body.outcome.about.staff', { outcome: { as: 'complaint', department: 'security', ...someone } }],
        ['body.unit', { unit: await entersUnit(world, 'B', '1', 'westgate') }],
        ['body.party', { party: 'pty_nobody' }],
      ] as const) {
        const { status, body } = await refusal(site.takesCall(said));
        expect([status, body.errors.map((one: { field: string }) => one.field)]).toEqual([400, [field]]);
      }
    });

    it('counts against nobody when it is not upheld, and stands beside Q1 as made', async () => {
      const call = await site.takesCall(SETTLED);
      const id = await complains(about('agent-1', call.id));
      await found(id, false);
      await site.resolves(id, { by: 'security' });
      expect(await standing('Q1', call.id)).toBe('met');
      expect(await standing('attitude', id)).toBe('missed');
    });

    it('about slowness makes its contact missed in Q2', async () => {
      const call = await site.takesCall(SETTLED);
      await found(await complains({ ...about('agent-1', call.id), kind: 'slowness' }), true);
      expect(await standing('Q2', call.id)).toBe('missed: slowness-upheld');
      expect(await standing('Q1', call.id)).toBe('met');
    });

    it('is neither registered, decided nor called back by the accused', async () => {
      const outcome = { as: 'complaint', department: 'security', ...about('agent-1') };
      expect(await refusal(site.takesCall({ outcome }))).toMatchObject({ status: 422, code: 'contact.accused' });
      const id = await complains(about('supervisor'));
      expect(await refusal(site.judges(id))).toMatchObject({ status: 422, code: 'complaint.accused' });
      await found(id, false);
      await site.resolves(id, { by: 'security' });
      expect(await refusal(site.callsBack(id, { by: 'supervisor' }))).toMatchObject({ code: 'callback.own-work' });
    });
  });

  it('answers a message in time within 15 minutes, not a millisecond more', async () => {
    const wait = () => site.takesCall({ channel: 'message', rings: undefined, answered: false });
    const [inTime, late, never] = [await wait(), await wait(), await wait()];
    const answers = async ({ id }: { id: string }) => {
      await site.onContact(id, 'answer', {});
      await site.onContact(id, 'outcome', { settled: true });
    };
    await world.passes(15 * MINUTE);
    await answers(inTime);
    await world.passes(1);
    await answers(late);
    expect(await standing('Q2', inTime.id)).toBe('met');
    expect(await standing('Q2', late.id)).toBe('missed: answered-late');
    expect(await standing('Q2', never.id)).toBe('running');
    await world.passes(15 * MINUTE);
    expect(await standing('Q2', never.id)).toBe('missed: answered-late');
    expect(await heard('supervisor', never.id)).toHaveLength(1);
  });

  it('settles a call or hands it over within 15 minutes', async () => {
    const call = await site.takesCall();
    expect(await standing('Q2', call.id)).toBe('running');
    await world.passes(15 * MINUTE + 1);
    await site.onContact(call.id, 'outcome', REPAIR);
    expect(await standing('Q2-desk', call.id)).toBe('missed: handed-over-late');
  });

  it('hands a matter to a department, which accepts in time, late, or never', async () => {
    const hand = () => site.takesCall({ outcome: REPAIR });
    const [inTime, late, never] = [await hand(), await hand(), await hand()];
    expect(await world.inbox('lakeside-engineering', never.id)).toMatchObject([{ kind: 'handed', duty: 'accept' }]);
    expect(await world.inbox('lakeside-security', never.id)).toEqual([]);
    expect(await refusal(site.onContact(inTime.id, 'accept', {}, { by: 'security' }))).toMatchObject({ status: 403 });
    await world.passes(HOUR);
    await site.onContact(inTime.id, 'accept', {}, { by: 'engineering' });
    await world.passes(1);
    // By word of mouth: an agent records it for the head of that very department, who is told.
    const head = world.staff('lakeside-engineering');
    for (const spokenBy of ['Head of engineering', world.staff('lakeside-security'), world.staff('lakeside-agent-1')]) {
      expect(await refusal(site.onContact(late.id, 'accept', { spokenBy }))).toMatchObject({ status: 400 });
    }
    const bySecurity = site.onContact(late.id, 'accept', { spokenBy: head }, { by: 'security' });
    expect(await refusal(bySecurity)).toMatchObject({ status: 403 });
    await site.onContact(late.id, 'accept', { spokenBy: head });
    expect(await world.inbox('lakeside-engineering', late.id)).toMatchObject([{ kind: 'proxy' }, { kind: 'handed' }]);
    expect((await world.mailTo('lakeside-engineering')).at(-1)?.subject).toContain('代录');
    await world.passes(15 * MINUTE);
    expect(await standing('Q2-department', inTime.id)).toBe('met');
    expect(await standing('Q2-department', late.id)).toBe('missed: accepted-late');
    expect(await standing('Q2-department', never.id)).toBe('missed: accepted-late');
    expect(await standing('Q2-desk', never.id)).toBe('met');
    expect(await standing('Q2', never.id)).toBe('missed: accepted-late');
    expect(await heard('supervisor', never.id)).toHaveLength(1);
    expect(await heard('supervisor', inTime.id)).toEqual([]);
  });

  it('of a complaint the department accepts through the complaint', async () => {
    const id = await site.takesComplaint();
    const call = contactOf(id);
    expect(await refusal(site.onContact(call, 'accept', {}, { by: 'engineering' }))).toMatchObject({
      code: 'contact.through-complaint',
    });
    await site.judges(id);
    expect(await standing('Q2', call)).toBe('running');
    await site.accepts(id);
    expect(await standing('Q2', call)).toBe('met');
  });

  it('keeps a promise, or its supervisor hears to the second that it was not kept', async () => {
    // Timers wait in whole seconds.
    await world.passes(SECOND - (world.cloud.clock.now() % SECOND));
    const promise = { replyBy: instant(2 * HOUR) };
    const [kept, broken] = [await site.takesCall({ outcome: REPAIR, promise }), await site.takesCall({ promise })];
    await site.onContact(broken.id, 'outcome', REPAIR);
    expect(await refusal(site.onContact(kept.id, 'promise', promise))).toMatchObject({
      code: 'contact.promised-already',
    });
    const reply = { words: 'The plumber comes at six.' };
    expect(await refusal(site.onContact(kept.id, 'reply', reply, { by: 'agent-2' }))).toMatchObject({
      code: 'contact.promised-by-another',
    });
    await world.passes(90 * MINUTE);
    // Half an hour before, whoever promised is reminded, and nobody else.
    expect(await heard('agent-1', kept.id)).toEqual([0]);
    expect(await heard('agent-2', kept.id)).toEqual([]);
    await world.passes(30 * MINUTE);
    await site.onContact(kept.id, 'reply', reply);
    await world.passes(SECOND);
    expect(await heard('supervisor', broken.id)).toContain(0);
    const overdue = (await world.inbox('lakeside-supervisor', broken.id)).filter(({ duty }) => duty === 'reply');
    expect(overdue).toMatchObject([{ kind: 'missed', owed: 'give the promised reply' }]);
    expect((await world.inbox('lakeside-supervisor', kept.id)).filter(({ duty }) => duty === 'reply')).toEqual([]);
    const day = new Date(Date.parse(promise.replyBy) + 8 * HOUR).toISOString().slice(0, 10);
    expect(await site.standing('promised', day, kept.id)).toBe('met');
    expect(await site.standing('promised', day, broken.id)).toBe('missed: not-kept-in-time');
    const { history } = await site.contact(broken.id);
    expect(history.at(-1)).toMatchObject({ event: 'contact.missed', data: { duty: 'reply', due: promise.replyBy } });
  });

  it('opens every figure into exactly its cases', async () => {
    for (const measure of ['Q1', 'Q2', 'Q2-desk', 'Q2-department', 'attitude']) {
      const states = (await site.cases(measure, MONDAY)).map(({ state }) => state as string);
      const count = (state: string) => states.filter((one) => one === state).length;
      const [met, missed, running, excluded] = ['met', 'missed', 'running', 'excluded'].map(count);
      expect(await site.figure(measure, MONDAY), measure).toEqual(figure({ met, missed, running, excluded } as never));
    }
  });

  it('can be followed from what somebody asked to all that came of it, hours later too', async () => {
    const id = await site.takesComplaint();
    await site.judges(id);
    await site.accepts(id);
    await site.investigates(id);
    await world.settle();
    const before = world.cloud.logs().length;
    await site.resolves(id);
    await world.passes(49 * HOUR);
    const lines = world.cloud.logs();
    const asked = lines.slice(before).find(({ line }) => line.includes('/resolve"'));
    const { request } = JSON.parse(asked?.line ?? '{}');
    const traced = traceOf(lines, request);
    expect(traced[0]).toMatchObject({ fn: 'complaints-api', ms: expect.any(Number) });
    const came = traced.map(({ fn, what }) => `${fn}: ${what}`);
    // The callback it opened, whose timer found it late two days after, of which somebody was told by mail.
    for (const one of [
      'callbacks-on-complaint-resolved: An event was handled',
      'callbacks-schedule-wake-ups: An event was handled',
      'callbacks-wake-up: A timer woke it up',
      'inbox-on-notice: An event was handled',
      'inbox-mailer: An email was sent',
    ]) {
      expect(came).toContain(one);
    }
    expect(traceOf(lines, `${callbackOf(id, 1)}.1`)).toEqual(traced);
    // Nothing runs on: what others asked has causes of its own.
    expect(traced.length).toBeLessThan(60);
    await site.callsBack(id);
    await site.signs(id);
  });

  it('leaves everything sound', () => expectSound(world));
});
