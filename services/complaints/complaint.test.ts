import { describe, expect, test } from 'vitest';
import type { Happening } from '../../shared/domain/events.ts';
import { Refusal } from '../../shared/domain/refusal.ts';
import { append, type Current } from '../../shared/journal/aggregate.ts';
import type { Situation as On } from '../../shared/journal/command.ts';
import type { Actor } from '../../shared/people/access.ts';
import type { Role } from '../../shared/people/posts.ts';
import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import { HOUR } from '../../shared/time/clock.ts';
import { type Complaint, complaintType } from './complaint.ts';
import * as loop from './decide.ts';
import type { ComplaintEvent } from './events.ts';
import { registration, WORDS } from './testing.ts';

const NOW = Date.UTC(2026, 4, 1, 2);
const actor = (staff: string, roles: Role[], departments: string[] = []): Actor => ({ staff, roles, departments });
const ZHAO = actor('zhao', ['supervisor']);
const SUN = actor('sun', ['supervisor']);
const CHEN = actor('chen', ['department-head'], ['engineering']);
const GU = actor('gu', ['department-head'], ['cleaning']);
const QIAN = actor('qian', ['centre-manager']);

type Step = (on: On<Complaint>) => Happening<ComplaintEvent>[] | Refusal;

const valid: Step = (on) => loop.judge(on, { valid: true }, undefined);
const doubted: Step = (on) => loop.judge(on, { valid: false, reason: 'no-fact' }, WORDS);
const second =
  (agree: boolean): Step =>
  (on) =>
    loop.secondLook(on, { agree, words: WORDS });
const accepted: Step = (on) => loop.accept(on, {});
const investigated: Step = (on) => loop.investigate(on, { findings: WORDS });
const resolved: Step = (on) => loop.resolve(on, { result: WORDS });
const givenUp: Step = (on) => loop.giveUp(on, { reason: WORDS });
const decided: Step = (on) => loop.decide(on, { decision: WORDS });
const signed: Step = (on) => loop.sign(on, { feedback: WORDS });
const calledBack =
  (rating: number, { ordinal = 1, opinions = 0 } = {}): Step =>
  (on) =>
    loop.callbackReached(on, { callback: 'cbk_1', ordinal, calledBy: 'wu', rating, opinions });

/** A complaint told step by step, from its registration; a refusal fails the test unless it is asked for. */
const told = (about: Partial<Pick<Complaint, 'kind' | 'about'>> = {}, { zone = 'Asia/Shanghai', begin = NOW } = {}) => {
  const ground = { zone, version: 0, policy: DEFAULT_POLICY };
  let current: Current<Complaint> = { id: 'cmp_1', site: 'sit_1', version: 0, state: undefined };
  current = append(complaintType, current, [registration(begin, ground, about)], begin, 'li').next;
  const attempt = (step: Step, by = CHEN, at = begin) => step({ state: current.state, actor: by, now: at, ground });
  const tell = (step: Step, by = CHEN, at = begin): Complaint => {
    const happenings = attempt(step, by, at);
    if (happenings instanceof Refusal) throw happenings;
    current = append(complaintType, current, happenings, at, by.staff).next;
    return current.state as Complaint;
  };
  const refusal = (step: Step, by = CHEN) => {
    const answer = attempt(step, by);
    if (!(answer instanceof Refusal)) throw new Error('was not refused');
    return answer.code;
  };
  const happens = (step: Step, by = CHEN) => attempt(step, by) as Happening<ComplaintEvent>[];
  return { tell, refusal, happens };
};

/** As far as the result, which the callback is about. */
const resolvedOnce = () => {
  const story = told();
  story.tell(valid, ZHAO);
  for (const step of [accepted, investigated, resolved]) story.tell(step);
  return story;
};
const duties = ({ owed }: Complaint) => owed.map(({ duty }) => duty);

test('the whole loop: judged, accepted, investigated, resolved, called back, signed', () => {
  const { tell } = told();
  expect(duties(tell((): [] => []))).toEqual(['judge', 'close']);
  expect(duties(tell(valid, ZHAO))).toEqual(['close', 'accept']);
  expect(duties(tell(accepted))).toEqual(['close', 'investigate', 'resolve']);
  expect(duties(tell(investigated))).toEqual(['close', 'resolve']);
  expect(duties(tell(resolved))).toEqual(['close']);
  expect(duties(tell(calledBack(5)))).toEqual(['close', 'sign']);
  const closed = tell(signed);
  expect(closed).toMatchObject({ status: 'closed', owed: [] });
  expect(complaintType.finished(closed)).toBe(true);
});

test('no step is skipped', () => {
  const { tell, refusal } = told();
  for (const step of [accepted, investigated, resolved, signed, decided, second(true)]) {
    expect(refusal(step)).toBe('complaint.not-now');
  }
  tell(valid, ZHAO);
  expect(refusal(resolved)).toBe('complaint.not-now');
});

describe('not valid', () => {
  test('needs a reason, and a second person who agrees', () => {
    const { tell, refusal } = told();
    expect(duties(tell(doubted, ZHAO))).toEqual(['close', 'second-look']);
    expect(refusal(second(true), ZHAO)).toBe('complaint.second-person');
    expect(tell(second(true), SUN)).toMatchObject({ status: 'not-valid', owed: [] });
  });

  test('is nothing of a sign-in that was changed: neither the doubt, nor the second look, nor what was doubted before', () => {
    const { tell, refusal } = told();
    const anew = { ...SUN, signInSince: NOW - HOUR };
    expect(refusal(doubted, anew)).toBe('second-person.new-sign-in');
    tell(doubted, ZHAO);
    expect(refusal(second(true), anew)).toBe('second-person.new-sign-in');
    const since: Step = (on) => loop.secondLook(on, { agree: true, words: WORDS, since: NOW + 1 });
    expect(refusal(since, SUN)).toBe('second-person.began-as-another');
    expect(tell(second(true), { ...SUN, signInSince: NOW - 24 * HOUR }).status).toBe('not-valid');
  });

  test('not agreed to, it goes on as valid', () => {
    const { tell } = told();
    tell(doubted, ZHAO);
    expect(duties(tell(second(false), SUN))).toEqual(['close', 'accept']);
  });
});

test('another department takes no part in it', () => {
  const { tell, refusal } = told();
  tell(valid, ZHAO);
  expect(refusal(accepted, GU)).toBe('request.forbidden');
  tell((on) => loop.assign(on, { department: 'cleaning' }), ZHAO);
  expect(refusal(accepted, CHEN)).toBe('request.forbidden');
  expect(tell(accepted, GU).department).toBe('cleaning');
});

describe('accepted by word of mouth', () => {
  const LI = actor('li', ['agent']);
  const spoken =
    (staff: string, ...heads: string[]): Step =>
    (on) =>
      loop.accept(on, { spoken: { staff, heads } });

  test('it is recorded by the desk for the head of the very department, and says who that is', () => {
    const { tell, refusal, happens } = told();
    tell(valid, ZHAO);
    expect(refusal(spoken('gu', 'cleaning'), LI)).toBe('request.invalid');
    expect(refusal(spoken('wang'), LI)).toBe('request.invalid');
    expect(refusal(spoken('chen', 'engineering'), GU)).toBe('request.forbidden');
    expect(refusal(accepted, LI)).toBe('request.forbidden');
    expect(happens(spoken('chen', 'engineering'), LI)).toMatchObject([{ data: { proxyFor: 'chen' } }]);
  });

  test('nobody accepts a complaint about themselves, by word of mouth either', () => {
    const { tell, refusal } = told({ kind: 'attitude', about: { staff: 'chen' } });
    tell(valid, ZHAO);
    expect(refusal(spoken('chen', 'engineering'), LI)).toBe('complaint.accused');
  });
});

test('important is said by the desk, by the department that has it and by those above, not by another’s head', () => {
  const important: Step = (on) => loop.markImportant(on, { reason: WORDS });
  const { tell, refusal, happens } = told();
  tell(valid, ZHAO);
  expect(refusal(important, GU)).toBe('request.forbidden');
  for (const by of [CHEN, ZHAO, QIAN, actor('li', ['agent'])]) expect(happens(important, by)).toHaveLength(1);
});

test('given up, it waits for the centre manager’s decision and is resolved by it', () => {
  const { tell, refusal } = told();
  tell(valid, ZHAO);
  tell(accepted);
  tell(investigated);
  const stuck = tell(givenUp);
  expect(duties(stuck)).toEqual(['close', 'decide']);
  expect(stuck.owed.at(-1)).toMatchObject({ post: { role: 'centre-manager' }, rungs: [{ to: 'site-director' }] });
  expect(refusal(resolved)).toBe('complaint.not-now');
  expect(duties(tell(decided, QIAN, NOW + HOUR))).toEqual(['close', 'resolve']);
  expect(tell(resolved).status).toBe('resolved');
});

describe('called back', () => {
  test('a dissatisfied owner reopens it, with every deadline fresh', () => {
    const { tell } = resolvedOnce();
    const later = NOW + 40 * HOUR;
    const reopened = tell(calledBack(2), CHEN, later);
    expect(reopened.status).toBe('accepted');
    expect(duties(reopened)).toEqual(['investigate', 'resolve', 'close']);
    for (const { since, due, taken } of reopened.owed) {
      expect(since).toBe(later);
      expect(due).toBeGreaterThan(later);
      expect(taken).toBe(0);
    }
    tell(investigated);
    expect(tell(resolved).resolutions).toBe(2);
  });

  test('about an earlier resolution changes nothing', () => {
    const { tell, happens } = resolvedOnce();
    tell(calledBack(1));
    expect(happens(calledBack(1))).toEqual([]);
    tell(investigated);
    tell(resolved);
    expect(happens(calledBack(1, { ordinal: 1 }))).toEqual([]);
    expect(tell(calledBack(3, { ordinal: 2 })).status).toBe('called-back');
  });

  test('nobody who worked on it calls back', () => {
    const { tell, happens } = told({ kind: 'slowness', about: { staff: 'li' } });
    tell(valid, ZHAO);
    tell(accepted);
    tell((on) => loop.investigate(on, { findings: WORDS, upheld: false }), QIAN);
    expect(happens(resolved)).toMatchObject([{ data: { ordinal: 1, notBy: ['qian', 'chen', 'li'] } }]);
  });
});

test('it is signed by its department, once every opinion is settled', () => {
  const { tell, refusal } = resolvedOnce();
  tell(calledBack(4, { opinions: 2 }));
  expect(refusal(signed)).toBe('complaint.opinions-open');
  tell(() => [{ name: 'complaint.opinions-settled', data: { callback: 'cbk_1' } }]);
  expect(refusal(signed, GU)).toBe('complaint.sign-department');
  expect(tell(signed).status).toBe('closed');
});

describe('about a member of staff', () => {
  const conduct = { kind: 'attitude', about: { staff: 'chen', contact: 'con_9' } } as const;
  const find =
    (upheld?: boolean): Step =>
    (on) =>
      loop.investigate(on, { findings: WORDS, upheld });

  test('the accused decides nothing in it', () => {
    const { tell, refusal } = told(conduct);
    expect(refusal(valid, CHEN)).toBe('complaint.accused');
    tell(valid, ZHAO);
    for (const step of [accepted, find(false), resolved, givenUp, signed]) {
      expect(refusal(step, CHEN)).toBe('complaint.accused');
    }
  });

  test('it is upheld or not, and says against which contact', () => {
    const { tell, refusal, happens } = told(conduct);
    tell(valid, ZHAO);
    tell(accepted, QIAN);
    expect(refusal(find(), QIAN)).toBe('complaint.upheld-needed');
    expect(happens(find(false), QIAN)).toHaveLength(1);
    expect(happens(find(true), QIAN)[1]).toEqual({
      name: 'complaint.upheld',
      data: { contact: 'con_9', through: 'con_1', kind: 'attitude', staff: 'chen' },
    });
  });

  test('whose it was need not be known: it is upheld all the same, and says in which contact it was made', () => {
    const { tell, happens } = told({ kind: 'attitude' });
    tell(valid, ZHAO);
    tell(accepted, QIAN);
    expect(happens(find(true), QIAN)[1]).toEqual({
      name: 'complaint.upheld',
      data: { through: 'con_1', kind: 'attitude' },
    });
  });

  test('of nothing else it is asked', () => {
    const { tell, refusal } = told();
    tell(valid, ZHAO);
    tell(accepted);
    expect(refusal(find(true))).toBe('complaint.upheld-not-conduct');
  });
});

describe('investigated the same day', () => {
  const due = (at: string, zone: string) => {
    const begin = Date.parse(at);
    const { tell } = told({}, { zone, begin });
    tell(valid, ZHAO);
    const owed = tell(accepted).owed.find(({ duty }) => duty === 'investigate');
    return new Date(owed?.due ?? 0).toISOString();
  };
  const NEW_YORK = 'America/New_York';

  test.each([
    ['an ordinary day', '2026-05-01T09:00:00+08:00', 'Asia/Shanghai', '2026-05-01T16:00:00.000Z'],
    ['late in the evening, four hours', '2026-05-01T23:00:00+08:00', 'Asia/Shanghai', '2026-05-01T19:00:00.000Z'],
    ['the day the clocks go forward', '2026-03-08T00:30:00-05:00', NEW_YORK, '2026-03-09T04:00:00.000Z'],
    ['the day the clocks go back', '2026-11-01T00:30:00-04:00', NEW_YORK, '2026-11-02T05:00:00.000Z'],
    ['over the skipped hour, four hours elapse', '2026-03-07T22:30:00-05:00', NEW_YORK, '2026-03-08T07:30:00.000Z'],
  ])('%s', (_, at, zone, until) => {
    expect(due(at, zone)).toBe(until);
  });
});
