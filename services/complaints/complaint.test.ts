import { describe, expect, test } from 'vitest';
import { HOUR } from '../../shared/time/clock.ts';
import { type Complaint, complaintType } from './complaint.ts';
import * as loop from './decide.ts';
import { WORDS } from './testing.ts';
import {
  accepted,
  actor,
  CHEN,
  type ComplaintStep,
  calledBack,
  decided,
  doubted,
  GU,
  givenUp,
  investigated,
  NOW,
  QIAN,
  resolved,
  SUN,
  second,
  signed,
  told,
  valid,
  ZHAO,
} from './testing-steps.ts';

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
    const since: ComplaintStep = (on) => loop.secondLook(on, { agree: true, words: WORDS, since: NOW + 1 });
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
  expect(refusal(accepted, GU)).toBe('department.other');
  tell((on) => loop.assign(on, { department: 'cleaning' }), ZHAO);
  expect(refusal(accepted, CHEN)).toBe('department.other');
  expect(tell(accepted, GU).department).toBe('cleaning');
});

describe('accepted by word of mouth', () => {
  const LI = actor('li', ['agent']);
  const spoken =
    (staff: string, ...heads: string[]): ComplaintStep =>
    (on) =>
      loop.accept(on, { spoken: { staff, heads } });

  test('it is recorded by the desk for the head of the very department, and says who that is', () => {
    const { tell, refusal, happens } = told();
    tell(valid, ZHAO);
    expect(refusal(spoken('gu', 'cleaning'), LI)).toBe('request.invalid');
    expect(refusal(spoken('wang'), LI)).toBe('request.invalid');
    expect(refusal(spoken('chen', 'engineering'), GU)).toBe('department.other');
    expect(refusal(accepted, LI)).toBe('department.spoken-by');
    expect(happens(spoken('chen', 'engineering'), LI)).toMatchObject([{ data: { proxyFor: 'chen' } }]);
  });

  test('nobody accepts a complaint about themselves, by word of mouth either', () => {
    const { tell, refusal } = told({ kind: 'attitude', about: { staff: 'chen' } });
    tell(valid, ZHAO);
    expect(refusal(spoken('chen', 'engineering'), LI)).toBe('complaint.accused');
  });
});

describe('recorded later than it happened', () => {
  const LI = actor('li', ['agent']);
  const spoken = { staff: 'chen', heads: ['engineering'] };
  const since = ({ owed }: Complaint, of: string) => owed.find(({ duty }) => duty === of)?.since;
  const at = (happenedAt: number) => ({ happenedAt, evidence: WORDS });

  test('what follows an acceptance is owed from when it was given', () => {
    const { tell } = told();
    tell(valid, ZHAO);
    const taken = tell((on) => loop.accept(on, { spoken, happenedAt: NOW + HOUR }), LI, NOW + 2 * HOUR);
    expect(taken.recordedLater).toBe(true);
    expect([since(taken, 'investigate'), since(taken, 'resolve')]).toEqual([NOW + HOUR, NOW + HOUR]);
  });

  test('no step is said to have happened before it was owed, or longer ago than it may be recorded', () => {
    const { tell, refusal } = told();
    tell(valid, ZHAO);
    const accept =
      (happenedAt: number): ComplaintStep =>
      (on) =>
        loop.accept(on, { spoken, happenedAt });
    expect(refusal(accept(NOW - 1), LI, NOW + HOUR)).toBe('request.invalid');
    expect(refusal(accept(NOW), LI, NOW + 24 * HOUR + 1)).toBe('request.invalid');
    tell(accept(NOW + HOUR), LI, NOW + 2 * HOUR);
    const found =
      (happenedAt: number): ComplaintStep =>
      (on) =>
        loop.investigate(on, { findings: WORDS, ...at(happenedAt) });
    expect(refusal(found(NOW + HOUR - 1), CHEN, NOW + 2 * HOUR)).toBe('request.invalid');
    tell(found(NOW + HOUR), CHEN, NOW + 2 * HOUR);
    const done =
      (happenedAt: number): ComplaintStep =>
      (on) =>
        loop.resolve(on, { result: WORDS, ...at(happenedAt) });
    expect(refusal(done(NOW + HOUR - 1), CHEN, NOW + 3 * HOUR)).toBe('request.invalid');
    expect(refusal((on) => loop.resolve(on, { result: WORDS, happenedAt: NOW + HOUR }), CHEN, NOW + 3 * HOUR)).toBe(
      'request.invalid',
    );
    expect(tell(done(NOW + HOUR), CHEN, NOW + 3 * HOUR).status).toBe('resolved');
  });
});

test('important is said by the desk, by the department that has it and by those above, not by another’s head', () => {
  const important: ComplaintStep = (on) => loop.markImportant(on, { reason: WORDS });
  const { tell, refusal, happens } = told();
  tell(valid, ZHAO);
  expect(refusal(important, GU)).toBe('department.other');
  for (const by of [CHEN, ZHAO, QIAN, actor('li', ['agent'])]) expect(happens(important, by)).toHaveLength(1);
});

test('given up, it waits for the centre manager’s decision and is resolved by it', () => {
  const { tell, refusal } = told();
  tell(valid, ZHAO);
  tell(accepted);
  tell(investigated);
  const stuck = tell(givenUp);
  expect(duties(stuck)).toEqual(['close', 'decide']);
  expect(stuck.owed.at(-1)).toMatchObject({ position: { role: 'centre-manager' }, rungs: [{ to: 'site-director' }] });
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
    (upheld?: boolean): ComplaintStep =>
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
