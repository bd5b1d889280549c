import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../local/client.ts';
import { expectExported } from './support/exported.ts';
import { entersUnit } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import { callbackOf, contactOf, type Site } from './support/site.ts';
import { expectSound } from './support/sound.ts';
import { HOUR, refusal, START, startWorld, type World } from './support/world.ts';

const MONDAY = '2026-03-02';

describe('the closed loop (投诉闭环)', () => {
  let world: World;
  let site: Site;
  beforeAll(async () => {
    world = await startWorld();
    site = world.lakeside;
  });
  afterAll(() => world?.stop());

  /** When something is owed, as hours from now; by duty. */
  const owes = ({ owed }: { owed: Answer[] }) =>
    Object.fromEntries(owed.map(({ duty, due }) => [duty, (Date.parse(due) - world.cloud.clock.now()) / HOUR]));

  it('has somebody who owes the next step at every step, by the policy', async () => {
    const id = await site.takesComplaint();
    // Three days, the first not counted: 24:00 of Thursday, 86 hours after Monday 10:00.
    expect(owes(await site.complaint(id))).toEqual({ judge: 1, close: 86 });
    expect(owes(await site.contact(contactOf(id)))).toEqual({ 'first-asked': 26 });
    expect(owes(await site.judges(id))).toEqual({ accept: 1, close: 86 });
    expect(owes(await site.accepts(id))).toEqual({ investigate: 14, resolve: 24, close: 86 });
    expect(owes(await site.contact(contactOf(id)))).toEqual({});
    expect(owes(await site.investigates(id))).toEqual({ resolve: 24, close: 86 });
    expect(owes(await site.resolves(id))).toEqual({ close: 86 });
    expect(owes(await site.callback(id))).toEqual({ call: 48 });
    await site.callsBack(id);
    expect(owes(await site.complaint(id))).toEqual({ sign: 24, close: 86 });
    expect(await site.signs(id)).toMatchObject({ status: 'closed', owed: [] });
    expect(await site.standing('closing', MONDAY, id)).toBe('met');
  });

  it('keeps no step out: each is refused before its turn, and says from where it is allowed', async () => {
    const id = await site.takesComplaint();
    for (const tried of [site.accepts, site.investigates, site.resolves, site.signs]) {
      const { status, code, body } = await refusal(tried(id));
      expect([status, code]).toEqual([422, 'complaint.not-now']);
      expect(body.details).toMatchObject({ status: 'registered', allowedFrom: expect.any(String) });
    }
    expect(await refusal(site.callsBack(id))).toMatchObject({ status: 404 });
  });

  it('reopens when the owner is dissatisfied, with fresh deadlines; each resolution is a case of its own', async () => {
    const id = await site.resolvedComplaint();
    await world.passes(2 * HOUR);
    await site.callsBack(id, { rating: 2 });
    const reopened = await site.complaint(id);
    expect(reopened.status).toBe('accepted');
    expect(owes(reopened)).toEqual({ investigate: 12, resolve: 24, close: 84 });
    expect(await refusal(site.signs(id))).toMatchObject({ code: 'complaint.not-now' });
    await site.investigates(id);
    await world.passes(24 * HOUR);
    await site.resolves(id);
    expect(owes(await site.callback(id, 2))).toEqual({ call: 48 });
    expect(await site.standing('Q3', MONDAY, callbackOf(id, 1))).toBe('met');
    expect(await site.standing('Q4', MONDAY, callbackOf(id, 1))).toBe('missed: not-satisfied');
    expect(await site.standing('Q3', '2026-03-03', callbackOf(id, 2))).toBe('running');
    await site.callsBack(id, { ordinal: 2, rating: 3 });
    await site.signs(id);
    expect(await site.standing('Q3', MONDAY, callbackOf(id, 1))).toBe('met');
    expect(await site.standing('Q3', '2026-03-03', callbackOf(id, 2))).toBe('met');
    expect(await site.standing('Q4', '2026-03-03', callbackOf(id, 2))).toBe('missed: not-satisfied');
    expect((await site.complaint(id)).resolutions).toBe(2);
  });

  it('is not valid only with a reason, an explanation and a second person', async () => {
    const id = await site.takesComplaint();
    const day = '2026-03-03';
    expect(await refusal(site.judges(id, { valid: false, reason: 'no-fact' }))).toMatchObject({ status: 400 });
    const personal = { valid: false, reason: 'difficult-person', explanation: 'Always complains.' };
    expect(await refusal(site.judges(id, personal))).toMatchObject({ status: 400 });
    await site.judges(id, { valid: false, reason: 'no-fact', explanation: 'The lift ran all day.' });
    const agreed = { agree: true, explanation: 'I looked as well.' };
    expect(await refusal(site.onComplaint(id, 'second-look', agreed, 'supervisor'))).toMatchObject({
      status: 422,
      code: 'complaint.second-person',
    });
    await site.onComplaint(id, 'second-look', agreed, 'manager');
    expect(await site.complaint(id)).toMatchObject({ status: 'not-valid', owed: [] });
    expect(await site.contact(contactOf(id))).toMatchObject({ status: 'accepted', owed: [] });
    expect(await site.standing('not-valid', day, id)).toBe('met');
    expect(await site.standing('closing', day, id)).toBe('excluded: not-valid');
    expect(await site.standing('Q2-department', day, contactOf(id))).toBe('excluded: not-valid');
    const other = await site.takesComplaint();
    await site.judges(other, { valid: false, reason: 'not-our-duty', explanation: 'The city’s.' });
    await site.onComplaint(other, 'second-look', { agree: false, explanation: 'It is ours.' }, 'manager');
    expect((await site.complaint(other)).status).toBe('assigned');
  });

  it('goes to the centre manager when a department cannot resolve it', async () => {
    const id = await site.takesComplaint();
    await site.judges(id);
    await site.accepts(id);
    await site.investigates(id);
    await site.onComplaint(id, 'give-up', { reason: 'It needs a new lift.' }, 'engineering');
    expect(await world.inbox('lakeside-manager', id)).toMatchObject([
      { kind: 'handed', about: id, duty: 'decide', owed: 'decide on the unresolved complaint' },
    ]);
    const decision = { decision: 'Rent one until then.' };
    expect(await refusal(site.onComplaint(id, 'decide', decision, 'engineering'))).toMatchObject({ status: 403 });
    await site.onComplaint(id, 'decide', decision, 'manager');
    expect(owes(await site.complaint(id))).toMatchObject({ resolve: 24 });
    await site.resolves(id);
    expect(await site.callback(id)).toMatchObject({ status: 'open' });
  });

  it('tells the director of an important one at once, once', async () => {
    const id = await site.takesComplaint();
    for (const who of ['agent-1', 'supervisor'])
      await site.onComplaint(id, 'important', { reason: 'A child fell.' }, who);
    const letters = (await world.mailTo('lakeside-director')).filter(({ subject }) => subject.includes('重大投诉'));
    const subject = `【翠湖花园】重大投诉（${(await site.complaint(id)).number}）`;
    expect(letters).toEqual([expect.objectContaining({ subject, at: START + 26 * HOUR })]);
  });

  it('tells the director of a major event (重大事件) once: three households, whatever is delivered twice or out of order', async () => {
    world.cloud.redeliver({ duplicate: 0.7, reorder: 0.5, seed: 3 });
    const said = { kind: 'noise', department: 'security', words: 'Drums all night.' };
    const homes = await Promise.all(['1', '2', '3', '4'].map((number) => entersUnit(world, 'D', number)));
    for (const unit of [homes[0], ...homes]) await site.takesCall({ unit, outcome: { as: 'complaint', ...said } });
    await world.passes(2 * HOUR);
    world.cloud.redeliver({});
    const alert = 'alr_2026-03-03-major-kind-noise';
    const isOfEvent = ({ subject }: { subject: string }) => /重大事件|Major event/.test(subject);
    const lettersTo = async (who: string) => (await world.mailTo(who)).filter(isOfEvent);
    for (const who of ['lakeside-director', 'lakeside-manager']) {
      expect(await world.inbox(who, alert), who).toMatchObject([{ kind: 'major', mail: 'sent' }]);
      expect(await lettersTo(who), who).toHaveLength(1);
    }
    const [letter] = await lettersTo('lakeside-director');
    expect(letter?.subject).toBe(`【翠湖花园】重大事件：同一问题的当日投诉达到重大事件标准（噪音）`);
    expect((await site.get(`alerts/${alert}`)).households).toBe(3);
    expect((await site.get(`alerts/${alert}/cases`)).items).toHaveLength(5);
    const group = await world.as('group-manager');
    expect((await group.get('/alerts')).items.map(({ id }: Answer) => id)).toContain(alert);
    await site.only(`alerts/${alert}/acknowledge`, { words: 'I go there.' }, { by: 'director' });
    expect((await group.get('/alerts?state=acknowledged')).items).toMatchObject([{ id: alert, late: false }]);
  });

  it('closes only when every opinion heard is answered and signed, by the department that has it', async () => {
    const id = await site.resolvedComplaint();
    const opinion = (command: string, body: object, by = 'engineering') =>
      site.onCallback(id, `opinions/${command}`, body, by);
    await site.callsBack(id, { rating: 4, opinions: ['Slow.', 'Dirty.'] });
    expect(await refusal(site.signs(id))).toMatchObject({ code: 'complaint.opinions-open', status: 422 });
    expect(await refusal(opinion('sign', { item: 0 }))).toMatchObject({ code: 'callback.unanswered' });
    const answer = { item: 0, answer: 'A second team from May.' };
    expect(await refusal(opinion('answer', answer, 'security'))).toMatchObject({ code: 'callback.other-department' });
    await opinion('answer', answer);
    await opinion('sign', { item: 0 });
    expect(await refusal(site.signs(id))).toMatchObject({ code: 'complaint.opinions-open' });
    await opinion('answer', { item: 1, answer: 'Cleaned.' });
    await opinion('sign', { item: 1 });
    expect(await refusal(site.signs(id, { by: 'security' }))).toMatchObject({ code: 'complaint.sign-department' });
    expect(await site.signs(id)).toMatchObject({ status: 'closed' });
  });

  it('answers in public where nobody can be reached; that stands outside Q3, and closes too', async () => {
    const id = await site.resolvedComplaint({ anonymous: true });
    expect(await refusal(site.callsBack(id))).toMatchObject({ code: 'callback.public' });
    await site.onCallback(id, 'publish', { answer: 'Posted at the gate.' }, 'agent-2');
    expect(await site.standing('Q3', '2026-03-03', id)).toBe('excluded: public');
    expect(await site.signs(id)).toMatchObject({ status: 'closed' });
  });

  it('lets a callback go only with a reason; that stands outside Q3, and closes too', async () => {
    const id = await site.resolvedComplaint();
    const waiver = { reason: 'owner-refused', explanation: 'Wants no call.' };
    expect(await refusal(site.onCallback(id, 'waive', waiver, 'agent-2'))).toMatchObject({ status: 403 });
    const untried = await refusal(site.onCallback(id, 'waive', waiver, 'supervisor'));
    expect(untried).toMatchObject({ status: 422, code: 'callback.untried' });
    await site.onCallback(id, 'attempts', { outcome: 'refused' }, 'agent-2');
    await site.onCallback(id, 'waive', waiver, 'supervisor');
    expect(await site.standing('Q3', '2026-03-03', id)).toBe('excluded: owner-refused');
    expect(await site.signs(id)).toMatchObject({ status: 'closed' });
  });

  it('prints the whole history on its sheet, with who, when and the words', async () => {
    const id = await site.resolvedComplaint({ words: 'Water in the cellar.' });
    await site.callsBack(id, { spokeWith: 'the tenant' });
    await site.signs(id);
    const sheet = await site.complaint(id);
    const told = sheet.history.map(({ event, by, data }: Answer) => [
      event.replace('complaint.', ''),
      by,
      data.words ?? data.findings ?? data.result ?? data.feedback ?? data.calledBy ?? data.department,
    ]);
    const [agent, caller, supervisor, head] = ['agent-1', 'agent-2', 'supervisor', 'engineering'].map((position) =>
      world.staff(`lakeside-${position}`),
    );
    expect(told).toEqual([
      ['registered', agent, 'Water in the cellar.'],
      ['assigned', supervisor, 'engineering'],
      ['accepted', head, 'engineering'],
      ['investigated', head, 'The drive is worn.'],
      ['resolved', head, 'It runs again.'],
      ['called-back', caller, caller],
      ['closed', head, 'Checked again.'],
    ]);
    expect(sheet).toMatchObject({ words: 'Water in the cellar.', more: false });
    const called = (await site.callback(id)).history.at(-1);
    expect(called).toMatchObject({
      event: 'callback.reached',
      by: caller,
      data: { spokeWith: 'the tenant', rating: 5 },
    });
  });

  it('is never called back by whoever did the work', async () => {
    const id = await site.takesComplaint();
    await site.judges(id);
    await site.accepts(id);
    await site.investigates(id, {}, { by: 'manager' });
    await site.resolves(id);
    expect(await refusal(site.callsBack(id, { by: 'manager' }))).toMatchObject({ code: 'callback.own-work' });
    expect(await refusal(site.callsBack(id, { by: 'engineering' }))).toMatchObject({ status: 403 });
  });

  it('tells the group how its sites stand, as fresh as the last event, as a table too; and each site its own', async () => {
    const asked = 'from=2026-03-01&to=2026-03-31';
    const group = await world.as('group-manager');
    const director = await world.as('lakeside-director');
    const all = await group.get(`/figures?${asked}`);
    expect(all.total.Q3.met).toBe((await group.get(`/figures?${asked}&by=day`)).total.Q3.met);
    expect(all.periods.map(({ period }: Answer) => period)).toEqual(['2026-03']);
    expect(Date.parse(all.asOf.callbacks)).toBeLessThanOrEqual(world.cloud.clock.now());
    const own = await director.get(`/figures?${asked}&by=quarter`);
    expect([own.sites, own.total.Q3.due]).toEqual([['lakeside'], all.total.Q3.due]);
    expect(await refusal(director.get(`/figures?${asked}&sites=westgate`))).toMatchObject({ status: 403 });
    const { items } = await group.get(`/figures/league?measure=Q3&${asked}`);
    expect(items[0]).toMatchObject({ site: 'lakeside', rank: 1, figure: { met: all.total.Q3.met } });
    expect(items[1]).toMatchObject({ rank: null, why: 'nothing-decided' });
    const csv = await group.get<string>(`/figures/league?measure=Q3&${asked}&format=csv`);
    expect(csv.split('\r\n')[1]).toMatch(/^1,lakeside,/);
  });

  const untilToday = () =>
    `from=${MONDAY}&to=${new Date(world.cloud.clock.now() + 8 * HOUR).toISOString().slice(0, 10)}`;

  it('says what is complained about, where, and how often; each line opens into its cases', async () => {
    const asked = untilToday();
    const director = await site.callerAt('director');
    const { id: unit } = await director.post(
      '/sites/lakeside/units',
      { building: 'C', number: '9', area: 60 },
      fresh(),
    );
    const complaint = { as: 'complaint', kind: 'noise', department: 'security', words: 'Drums again.' };
    for (const confidential of [false, false, true]) {
      await site.takesCall({ unit, outcome: { ...complaint, confidential } });
    }
    const { complaints, callbacks } = await site.get(`service?${asked}&repeatFrom=2`);
    expect(complaints.total.received).toBe((await site.get(`figures?${asked}`)).total['not-valid'].due);
    expect(complaints.byBuilding).toMatchObject([{ key: 'C', received: 2, open: 2 }, { key: 'D' }, { key: null }]);
    // Beside it the household that complained twice of the same while the major event was seen.
    expect(complaints.repeats).toMatchObject({ units: 2, again: 2 });
    const ours = complaints.repeats.top.find((one: Answer) => one.unit === unit);
    expect(ours).toMatchObject({ building: 'C', number: '9', count: 2 });
    const { items } = await site.get(`service/closed/cases?${asked}&building=C&state=running`);
    expect(items.map(({ complaint: id }: Answer) => id)).toEqual(
      ours.complaints.map(({ complaint: id }: Answer) => id),
    );
    expect(callbacks.Q3.met).toBe((await site.get(`service/Q3/cases?${asked}&state=met`)).items.length);
    const group = await world.as('group-manager');
    expect((await group.get(`/service?${asked}`)).complaints.total).toEqual(complaints.total);
  });

  it('tells whoever assesses what each agent and department did, and an agent their own alone', async () => {
    const asked = untilToday();
    const { total } = await site.get(`figures?${asked}`);
    const agents = await site.get(`assessment/agents?${asked}`);
    const due = (figure: string) =>
      agents.items.reduce((sum: number, { figures }: Answer) => sum + figures[figure].due, 0);
    for (const figure of ['Q1', 'Q2-desk', 'Q3', 'Q4', 'promised']) expect(due(figure), figure).toBe(total[figure].due);
    const [own] = (await site.get(`assessment/agents?${asked}`, 'agent-2')).items;
    expect([own.key, own.figures.Q3.judged]).toEqual([world.staff('lakeside-agent-2'), false]);
    const cases = `assessment/agents/Q3/cases?${asked}&state=met&agent=`;
    expect((await site.get(`${cases}${own.key}`, 'agent-2')).items).toHaveLength(own.figures.Q3.met);
    expect(await refusal(site.get(`${cases}${own.key}`, 'agent-1'))).toMatchObject({ status: 403 });
    const departments = (await site.get(`assessment/departments?${asked}`, 'engineering')).items;
    expect(departments.map(({ key }: Answer) => key)).toEqual(['engineering']);
  });

  it('leaves everything sound', () => expectSound(world));

  it('is asked of the export as well, and told the same', async () => {
    const cells = Object.values((await expectExported(world)).Q3);
    const sum = (name: string) => cells.reduce((all, cell) => all + (cell[name] ?? 0), 0);
    expect([sum('met') > 0, sum('excluded')]).toEqual([true, 2]); // one answered in public, one waived
  });
});
