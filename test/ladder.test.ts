import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../local/client.ts';
import { expectExported } from './support/exported.ts';
import { callbackOf, figure, type Site } from './support/site.ts';
import { expectSound } from './support/sound.ts';
import { HOUR, refusal, SECOND, START, startWorld, type World } from './support/world.ts';

const MONDAY = '2026-03-02';

describe('48 hours, and what happens when they pass', () => {
  let world: World;
  let site: Site;
  beforeAll(async () => {
    world = await startWorld();
    site = world.lakeside;
  });
  afterAll(() => world?.stop());

  describe('callbacks of complaints resolved on Monday at 10:00', () => {
    const resolved: Record<'nobody' | 'onTime' | 'justLate' | 'tried' | 'busy', string> = {} as never;
    /** When mail about a callback went to somebody, in ms after its due time. */
    const heard = async (who: string, complaint: string) => {
      const { number } = await site.callback(complaint);
      return (await world.mailTo(`lakeside-${who}`))
        .filter(({ subject }) => subject.includes(number))
        .map(({ at }) => at - (START + 48 * HOUR));
    };

    beforeAll(async () => {
      for (const name of ['nobody', 'onTime', 'justLate', 'tried', 'busy'] as const) {
        resolved[name] = await site.resolvedComplaint();
      }
    });

    it('are all running until they are due, and every agent is reminded at 06:00, four hours before', async () => {
      const attempt = { outcome: 'no-answer' };
      for (let tone = 0; tone < 3; tone++) await site.callsBack(resolved.busy, attempt);
      await site.callsBack(resolved.tried, attempt);
      await world.passes(9 * HOUR);
      await site.callsBack(resolved.tried, attempt);
      await world.passes(19 * HOUR);
      await site.callsBack(resolved.tried, { outcome: 'wrong-number' });
      await world.passes(20 * HOUR);
      expect(await site.figure('Q3', MONDAY)).toEqual(figure({ running: 5 }));
      for (const agent of ['agent-1', 'agent-2']) {
        expect(await heard(agent, resolved.nobody)).toEqual([-4 * HOUR]);
      }
    });

    it('are at risk in their last four hours: the supervisor is alerted once of the figure, sees each, and acknowledges', async () => {
      const alert = `alr_${MONDAY}-at-risk-measure-q3`;
      const mails = (await world.mailTo('lakeside-supervisor')).filter(({ subject }) => subject.includes('预警'));
      expect(mails.map(({ subject }) => subject)).toEqual([`【翠湖花园】预警：投诉回访率可能达不到目标`]);
      const { figures, items } = await site.get('at-risk');
      expect(figures).toMatchObject([
        { measure: 'Q3', day: MONDAY, atRisk: 5, ifNone: { met: 0, of: 5 }, percentIfNone: '0.00', wouldMiss: true },
      ]);
      expect(items.map(({ callback }: Answer) => callback).sort()).toEqual(
        Object.values(resolved)
          .map((complaint) => callbackOf(complaint))
          .sort(),
      );
      expect(items[0]).toMatchObject({ state: 'running', owed: { duty: 'call', role: 'agent' } });
      const words = { words: 'Both agents call now.' };
      expect(await refusal(site.only(`alerts/${alert}/acknowledge`, words))).toMatchObject({ status: 403 });
      expect(await site.only(`alerts/${alert}/acknowledge`, words, { by: 'supervisor' })).toMatchObject({
        status: 'acknowledged',
        figure: { met: 0, missed: 0, atRisk: 5, target: 100 },
        owed: [],
      });
    });

    it('count as met exactly 48 hours after the resolution, and a millisecond later as missed', async () => {
      await site.callsBack(resolved.onTime);
      await world.passes(1);
      await site.callsBack(resolved.justLate);
      expect(await site.standing('Q3', MONDAY, resolved.onTime)).toBe('met');
      expect(await site.standing('Q3', MONDAY, resolved.justLate)).toBe('missed: not-reached-in-time');
      expect(await site.standing('Q3', MONDAY, resolved.nobody)).toBe('running');
    });

    it('are missed a second after they are due: the supervisor hears, in Chinese', async () => {
      await world.passes(SECOND);
      expect(await heard('supervisor', resolved.nobody)).toEqual([SECOND]);
      const letter = (await world.mailTo('lakeside-supervisor')).find(({ subject }) => subject.includes('已逾期'));
      expect(letter?.subject).toMatch(/^【翠湖花园】已逾期：回访业户（HF\d{4}-\d{3}/);
      expect(letter?.text).toContain('到期时间: 2026-03-04 10:00（Asia/Shanghai）');
      expect(await heard('supervisor', resolved.onTime)).toEqual([]);
      expect(await site.standing('Q3', MONDAY, resolved.nobody)).toBe('missed: not-reached-in-time');
    });

    it('count as attempted when tried in three parts of the day, not for three busy tones in an hour', async () => {
      expect(await site.standing('Q3', MONDAY, resolved.tried)).toBe('missed: not-reached-in-time: attempted');
      expect(await site.standing('Q3', MONDAY, resolved.busy)).toBe('missed: not-reached-in-time');
      expect(await site.figure('Q3', MONDAY)).toEqual(figure({ met: 1, missed: 4 }));
    });

    it('go up a day later to the centre manager, in English', async () => {
      await world.passes(24 * HOUR);
      expect(await heard('manager', resolved.nobody)).toEqual([24 * HOUR + SECOND]);
      const letter = (await world.mailTo('lakeside-manager')).find(({ subject }) => subject.includes('Still overdue'));
      expect(letter?.subject).toMatch(/^\[翠湖花园\] Still overdue: call the owner back \(HF\d{4}-\d{3}/);
      expect(letter?.text).toContain('Late by: 24 h 0 min');
    });

    it('go up after three days to the director: at once in the inbox, by mail in the digest of the next morning', async () => {
      await world.passes(48 * HOUR);
      const about = callbackOf(resolved.nobody);
      expect(await world.inbox('lakeside-director', about)).toMatchObject([
        { kind: 'escalated', duty: 'call', mail: 'digest', title: expect.any(String) },
      ]);
      expect(await heard('director', resolved.nobody)).toEqual([]);
      await world.passes(22 * HOUR);
      const digest = (await world.mailTo('lakeside-director')).at(-1);
      expect(digest?.subject).toMatch(/^【翠湖花园】2026-03-08 每日汇总/);
      expect(digest?.text).toContain((await site.callback(resolved.nobody)).number);
      expect(digest?.at).toBe(Date.UTC(2026, 2, 8));
    });

    it('stay missed when the owner is reached at last; the loop still closes', async () => {
      await site.callsBack(resolved.nobody, { rating: 4 });
      expect(await site.standing('Q3', MONDAY, resolved.nobody)).toBe('missed: not-reached-in-time');
      expect(await site.standing('reached', MONDAY, resolved.nobody)).toBe('met');
      await site.signs(resolved.nobody);
      expect((await site.complaint(resolved.nobody)).status).toBe('closed');
      expect((await site.callback(resolved.nobody)).owed).toEqual([]);
    });

    it('are told of once at each step, to each reader', async () => {
      const steps = ['agent-1', 'agent-2', 'supervisor', 'manager'];
      const told = await Promise.all(steps.map((who) => heard(who, resolved.nobody)));
      expect(told.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
    });
  });

  it('a case keeps the policy it began under; the next one begins under the new', async () => {
    const before = await site.takesComplaint();
    await world.tightens('lakeside', { callbackHours: 24, acceptMinutes: 30 });
    const after = await site.takesComplaint();
    for (const [id, hours] of [
      [before, 48],
      [after, 24],
    ] as const) {
      await site.judges(id);
      await site.accepts(id);
      await site.investigates(id);
      await site.resolves(id);
      const { resolvedAt, due } = await site.callback(id);
      expect(Date.parse(due) - Date.parse(resolvedAt)).toBe(hours * HOUR);
    }
    const looser = world.tightens('lakeside', { callbackHours: 49 });
    expect(await refusal(looser)).toMatchObject({ status: 400 });
  });

  it('leaves everything sound', () => expectSound(world));

  it('is asked of the export as well, and told the same', async () => {
    const { Q3 } = await expectExported(world);
    expect(Q3[`lakeside ${MONDAY}`]?.attempted).toBeGreaterThan(0);
  });
});
