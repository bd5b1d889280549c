import { describe, expect, test } from 'vitest';
import type { NewEvent } from '../../shared/domain/events.ts';
import { dueRungs } from '../../shared/domain/obligation.ts';
import { Refusal } from '../../shared/domain/refusal.ts';
import { append, type Current } from '../../shared/journal/aggregate.ts';
import type { Role } from '../../shared/people/positions.ts';
import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import { HOUR, MINUTE } from '../../shared/time/clock.ts';
import { type Contact, contactType } from './contact.ts';
import * as desk from './decide.ts';
import type { ContactEvent } from './events.ts';
import { attributed } from './outcome.ts';

const NOW = Date.UTC(2026, 4, 1, 2);
const CONTEXT = { zone: 'Asia/Shanghai', version: 0, policy: DEFAULT_POLICY };
const WORDS = { ref: 'txt_1', hash: 'h' };
const actor = (staff: string, roles: Role[] = ['agent'], departments: string[] = []) => ({ staff, roles, departments });
const LI = actor('li');
const WANG = actor('wang');
const ZHAO = actor('zhao', ['supervisor']);
const ENGINEER = actor('chen', ['department-head'], ['engineering']);

/** A contact told step by step; a refusal fails the test unless it is asked for. */
const told = (now = NOW) => {
  let current: Current<Contact> = { id: 'con_1', site: 'sit_1', version: 0, state: undefined };
  const attempt = (step: (on: desk.Situation) => desk.NewEvents, by = LI, at = now) =>
    step({ state: current.state, actor: by, now: at, context: CONTEXT });
  const tell = (step: (on: desk.Situation) => desk.NewEvents, by = LI, at = now): Contact => {
    const newEvents = attempt(step, by, at);
    if (newEvents instanceof Refusal) throw newEvents;
    current = append(contactType, current, newEvents, at, by.staff).next;
    return current.state as Contact;
  };
  const refusal = (step: (on: desk.Situation) => desk.NewEvents, by = LI, at = now) => {
    const answer = attempt(step, by, at);
    if (!(answer instanceof Refusal)) throw new Error('was not refused');
    return answer.fields[0]?.field ?? answer.code;
  };
  return { tell, refusal };
};

const call = { channel: 'call', receivedAt: NOW } as const;
const message = { channel: 'message', receivedAt: NOW } as const;
const repair = {
  as: 'repair',
  department: 'engineering',
  words: WORDS,
  anonymous: false,
  confidential: false,
  callable: true,
} as const;
const rude = { ...repair, as: 'complaint', kind: 'attitude', about: { staff: 'li', contact: 'con_1' } } as const;
const duties = ({ owed }: Contact) => owed.map(({ duty, claimedBy }) => (claimedBy ? `${duty} by ${claimedBy}` : duty));

describe('answered in time', () => {
  test.each([
    [3, true],
    [4, false],
  ])('a call after %i rings: %s', (rings, inTime) => {
    const { tell } = told();
    tell(desk.receive(call));
    expect(tell(desk.answer({ rings })).inTime).toBe(inTime);
  });

  test.each([
    [15 * MINUTE, true],
    [15 * MINUTE + 1, false],
  ])('a message after %i ms: %s', (later, inTime) => {
    const { tell } = told();
    tell(desk.receive(message));
    expect(tell(desk.answer({}), LI, NOW + later).inTime).toBe(inTime);
  });

  test('a visit always is', () => {
    const { tell } = told();
    tell(desk.receive({ channel: 'visit', receivedAt: NOW }));
    expect(tell(desk.answer({}), LI, NOW + HOUR).inTime).toBe(true);
  });

  test('a call says how often it rang, nothing else does', () => {
    const calls = told();
    calls.tell(desk.receive(call));
    expect(calls.refusal(desk.answer({}))).toBe('body.rings');
    const messages = told();
    messages.tell(desk.receive(message));
    expect(messages.refusal(desk.answer({ rings: 2 }))).toBe('body.rings');
  });

  test('nobody answers in the future, or before it rang', () => {
    const { tell, refusal } = told();
    tell(desk.receive(message));
    expect(refusal(desk.answer({ answeredAt: NOW + 2 * MINUTE + 1 }))).toBe('body.answeredAt');
    expect(refusal(desk.answer({ answeredAt: NOW - 1 }))).toBe('body.answeredAt');
  });

  test('now, where the clock of whoever answered is ahead', () => {
    const { tell } = told();
    tell(desk.receive(message));
    expect(tell(desk.answer({ answeredAt: NOW + 2 * MINUTE })).answeredAt).toBe(NOW);
  });

  test('the day is the site’s, not the server’s', () => {
    const late = Date.UTC(2026, 4, 1, 16, 30);
    const { tell } = told(late);
    tell(desk.receive({ ...call, receivedAt: late }));
    expect(tell(desk.answer({ rings: 1 })).day).toBe('2026-05-02');
  });
});

test('a missed call is finished, and owes nothing', () => {
  const { tell } = told();
  tell(desk.receive(call));
  const missed = tell(desk.miss(6));
  expect(missed.status).toBe('not-answered');
  expect(contactType.finished(missed)).toBe(true);
});

test('received and recorded by another: not in the future, not older than a week', () => {
  const { refusal } = told();
  expect(refusal(desk.receive({ ...call, receivedAt: NOW + 1 }))).toBe('body.receivedAt');
  expect(refusal(desk.receive({ ...call, receivedAt: NOW - 7 * 24 * HOUR - 1 }))).toBe('body.receivedAt');
});

describe('first asked stays responsible', () => {
  test('until a department has accepted', () => {
    const { tell, refusal } = told();
    expect(duties(tell(desk.receive(message)))).toEqual(['answer']);
    expect(duties(tell(desk.answer({})))).toEqual(['hand-over by li']);
    const routed = tell(desk.route(repair), WANG);
    expect(duties(routed)).toEqual(['accept']);
    expect(routed.owed[0]?.position).toEqual({ role: 'department-head', department: 'engineering' });
    expect(refusal(desk.accept(), actor('gu', ['department-head'], ['cleaning']))).toBe('department.other');
    expect(refusal(desk.accept(), LI)).toBe('department.spoken-by');
    expect(tell(desk.accept(), ENGINEER).status).toBe('accepted');
  });

  test('the desk records what the head of the very department said', () => {
    const { tell, refusal } = told();
    tell(desk.together(desk.receive(call), desk.answer({ rings: 1 }), desk.route(repair)));
    const spoken = (...heads: string[]) => desk.accept({ spoken: { staff: 'chen', heads } });
    const cleaner = actor('gu', ['department-head'], ['cleaning']);
    expect(refusal(spoken('cleaning'), LI)).toBe('body.spokenBy');
    expect(refusal(spoken(), LI)).toBe('body.spokenBy');
    expect(refusal(spoken('engineering'), cleaner)).toBe('department.other');
    expect(contactType.finished(tell(spoken('engineering'), LI))).toBe(true);
  });

  test('for a complaint, until it is accepted there or found not valid', () => {
    const { tell, refusal } = told();
    const taken = desk.together(
      desk.receive(call),
      desk.answer({ rings: 1 }),
      desk.route({ ...repair, as: 'complaint' }),
    );
    const routed = tell(taken);
    expect(duties(routed)).toEqual(['first-asked by li']);
    expect(routed.owed[0]?.due).toBe(NOW + (60 + 24 * 60 + 60) * MINUTE);
    expect(refusal(desk.accept(), ENGINEER)).toBe('contact.through-complaint');
    const accepted = desk.complaintTakenOn(routed, { department: 'cleaning', acceptDue: NOW });
    expect(tell(() => accepted)).toMatchObject({ status: 'accepted', department: 'cleaning', owed: [] });
    expect(
      desk.complaintTakenOn(
        tell(() => []),
        undefined,
      ),
    ).toEqual([]);
  });
});

describe('a complaint about conduct', () => {
  test('is never registered by the accused; somebody else of the desk routes it', () => {
    const { tell, refusal } = told();
    tell(desk.together(desk.receive(call), desk.answer({ rings: 1 })));
    expect(refusal(desk.route(rude), LI)).toBe('contact.accused');
    expect(tell(desk.route(rude), WANG)).toMatchObject({ status: 'routed', takenBy: 'li', about: rude.about });
  });

  test('in one go is refused as a whole', () => {
    const { refusal } = told();
    expect(refusal(desk.together(desk.receive(call), desk.answer({ rings: 1 }), desk.route(rude)))).toBe(
      'contact.accused',
    );
  });

  test('counts against the latest contact with the unit that day, else the last that day', () => {
    const taken = [
      { id: 'c3', unit: 'b' },
      { id: 'c2', unit: 'a' },
      { id: 'c1', unit: 'a' },
    ];
    expect(attributed(taken, 'a')).toBe('c2');
    expect(attributed(taken, 'z')).toBe('c3');
    expect(attributed(taken, undefined)).toBe('c3');
    expect(attributed([], 'a')).toBeUndefined();
  });

  test('an anonymous one names nobody, whoever was named before', () => {
    const { tell } = told();
    tell(desk.together(desk.receive({ ...call, unit: 'u', party: 'p' }), desk.answer({ rings: 1 })));
    const step = desk.route({ ...repair, as: 'complaint', anonymous: true });
    const on = { state: tell(() => []), actor: LI, now: NOW, context: CONTEXT };
    const [routed] = step(on) as NewEvent<ContactEvent>[];
    expect(routed?.data).toMatchObject({ anonymous: true });
    expect(routed?.data).not.toMatchObject({ unit: 'u' });
    expect(tell(step)).toMatchObject({ unit: undefined, party: undefined });
  });
});

describe('a promised reply', () => {
  const promised = () => {
    const story = told();
    story.tell(desk.together(desk.receive(call), desk.answer({ rings: 1 }), desk.promise(NOW + 2 * HOUR)));
    return story;
  };

  test('runs beside, and keeps the contact open', () => {
    const { tell } = promised();
    const settled = tell(desk.settle());
    expect(duties(settled)).toEqual(['reply by li']);
    expect(contactType.finished(settled)).toBe(false);
    expect(contactType.finished(tell(desk.reply(WORDS)))).toBe(true);
  });

  test('is reminded of half an hour before, and told to the supervisor a second after', () => {
    const { tell } = promised();
    const { owed } = tell(desk.settle());
    const due = NOW + 2 * HOUR;
    expect(dueRungs('contact', owed, due - 30 * MINUTE - 1)).toEqual([]);
    expect(dueRungs('contact', owed, due - 30 * MINUTE)).toMatchObject([
      { name: 'contact.reminded', data: { claimedBy: 'li', to: { role: 'agent' } } },
    ]);
    expect(dueRungs('contact', owed, due + 999).map(({ name }) => name)).toEqual([]);
    expect(dueRungs('contact', owed, due + 1000)).toMatchObject([
      { name: 'contact.missed', data: { due, to: { role: 'supervisor' } } },
    ]);
  });

  test('is given by whoever promised it, or a supervisor', () => {
    const { tell, refusal } = promised();
    expect(refusal(desk.reply(WORDS), WANG)).toBe('contact.promised-by-another');
    expect(duties(tell(desk.reply(WORDS), ZHAO))).toEqual(['hand-over by li']);
    expect(refusal(desk.reply(WORDS))).toBe('contact.nothing-promised');
  });

  test('one at a time, in the future, within a month', () => {
    const { refusal } = promised();
    expect(refusal(desk.promise(NOW + HOUR))).toBe('contact.promised-already');
    const { tell, refusal: refused } = told();
    tell(desk.together(desk.receive(call), desk.answer({ rings: 1 })));
    expect(refused(desk.promise(NOW))).toBe('body.replyBy');
    expect(refused(desk.promise(NOW + 32 * 24 * HOUR))).toBe('body.replyBy');
  });
});

test('what is told of it names its unit once it is known that it isn’t concealed', () => {
  const at = (state: Partial<Contact>) => contactType.unitOf?.({ unit: 'unt_1', ...state } as Contact);
  expect(at({})).toBeUndefined();
  expect(at({ as: 'repair', concealed: false })).toBe('unt_1');
  expect(at({ as: 'complaint', concealed: true })).toBeUndefined();
});
