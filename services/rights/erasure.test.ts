import { expect, test } from 'vitest';
import type { NewEvent } from '../../shared/domain/events.ts';
import { Refusal } from '../../shared/domain/refusal.ts';
import { KEEPING, type Keeping } from '../../shared/forgetting/events.ts';
import { append, type Current } from '../../shared/journal/aggregate.ts';
import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import { DAY, HOUR } from '../../shared/time/clock.ts';
import {
  askErasure,
  confirmErasure,
  type Erasure,
  erasureId,
  erasureType,
  hearAnswer,
  mayConfirm,
  refuseErasure,
  replay,
  resume,
  toCome,
} from './erasure.ts';
import type { ErasureEvent } from './events.ts';

const NOW = Date.UTC(2026, 2, 2, 2);
const CONTEXT = { zone: 'Asia/Shanghai', version: 0, policy: DEFAULT_POLICY };
const REASON = { ref: 'txt_1', hash: 'h' };
const PARTIES = ['pty_1', 'pty_2'];
const CASES = KEEPING.filter((one) => one !== 'registry');

/** An erasure in the hands of a test. */
const begun = () => {
  let current: Current<Erasure> = { site: 'lakeside', id: erasureId('pty_1'), version: 0, state: undefined };
  let now = NOW;
  const did = (newEvents: NewEvent<ErasureEvent>[] | Refusal, by = 'system:rights') => {
    if (newEvents instanceof Refusal) throw newEvents;
    const { events, next } = append(erasureType, current, newEvents, now, by);
    current = next as Current<Erasure>;
    return events.map(({ name }) => name);
  };
  const on = (staff: string, signInSince?: number) => ({
    state: current.state,
    now,
    context: CONTEXT,
    actor: { staff, roles: [], departments: [], ...(signInSince === undefined ? {} : { signInSince }) },
  });
  const e = {
    state: () => current.state as Erasure,
    passes: (ms: number) => {
      now += ms;
    },
    asks: (by = 'wang', since?: number) => did(askErasure(on(by, since), { party: 'pty_1', reason: REASON }), by),
    /** @param since when the sign-in of who confirms was changed @param asker of who asked */
    confirms: (by = 'zhao', since?: number, asker?: number) => did(confirmErasure(on(by, since), PARTIES, asker), by),
    /** Why it couldn't be confirmed, as it is said beforehand. */
    may: (by: string, since?: number, asker?: number) => mayConfirm(on(by, since), asker)?.code,
    refuses: (by = 'zhao') => did(refuseErasure(on(by), REASON), by),
    /** A service answers the last that asked. */
    answers: (service: Keeping, waits = 0, asked = e.state().asked.at(-1) as string) =>
      did(
        hearAnswer(current.state, {
          service,
          asked,
          erased: 1,
          left: [],
          waiting: waits > 0 ? [{ what: 'account', cases: waits }] : [],
          waits,
          toldAt: now,
        }),
      ),
    resumes: () => did(resume(e.state(), now)),
    replays: () => did(replay(e.state(), now, CONTEXT)),
  };
  return e;
};
const codeOf = (does: () => unknown) => {
  try {
    does();
  } catch (error) {
    return error instanceof Refusal ? error.code : error;
  }
  return 'not refused';
};

test('whoever asked does not confirm, whatever positions they hold; what is refused may be asked for again', () => {
  const e = begun();
  e.asks('wang');
  expect(codeOf(() => e.confirms('wang'))).toBe('erasure.second-person');
  expect(codeOf(() => e.asks('li'))).toBe('erasure.not-now');
  e.refuses();
  expect(codeOf(() => e.confirms('zhao'))).toBe('erasure.not-now');
  e.asks('li');
  expect(e.confirms('wang')).toEqual(['erasure.confirmed']);
  expect(e.state()).toMatchObject({ askedBy: 'li', confirmedBy: 'wang', parties: PARTIES });
});

test('a sign-in that was changed a short while ago neither asks nor confirms, and what was asked under the one before has no first person', () => {
  const e = begun();
  expect(e.may('zhao')).toBe('request.not-found');
  expect(codeOf(() => e.asks('wang', NOW - HOUR))).toBe('second-person.new-sign-in');
  e.asks('wang', NOW - 25 * HOUR);
  e.passes(HOUR);
  expect(codeOf(() => e.confirms('zhao', NOW))).toBe('second-person.new-sign-in');
  expect(codeOf(() => e.confirms('zhao', undefined, NOW + 1))).toBe('second-person.began-as-another');
  expect([e.may('wang'), e.may('zhao', NOW), e.may('zhao', undefined, NOW + 1), e.may('zhao')]).toEqual([
    'erasure.second-person',
    'second-person.new-sign-in',
    'second-person.began-as-another',
    undefined,
  ]);
  expect(e.confirms('zhao', NOW - 25 * HOUR, NOW - 1)).toEqual(['erasure.confirmed']);
});

test('the registry is asked once everybody else is done, and the erasure ends when it is', () => {
  const e = begun();
  e.asks();
  e.confirms();
  expect(toCome(e.state())).toEqual([...KEEPING]);
  const told = CASES.map((service) => e.answers(service));
  expect(told.flat().filter((name) => name === 'erasure.cleared')).toHaveLength(1);
  expect(toCome(e.state())).toEqual(['registry']);
  expect(e.answers('registry')).toEqual(['erasure.answered', 'erasure.finished']);
  expect(e.state()).toMatchObject({ status: 'finished', owed: [] });
});

test('what waits is asked again a day later, of everybody; an answer told again changes nothing', () => {
  const e = begun();
  e.asks();
  e.confirms();
  const first = e.state().asked[0] as string;
  for (const service of CASES) e.answers(service, service === 'billing' ? 1 : 0, first);
  expect(e.answers('billing', 1, first)).toEqual([]);
  expect(toCome(e.state())).toEqual(['billing', 'registry']);
  expect(e.resumes()).toEqual([]);
  e.passes(DAY);
  expect(e.resumes()).toEqual(['erasure.resumed']);
  expect(e.resumes()).toEqual([]);
  expect(toCome(e.state())).toEqual([...KEEPING]);
  for (const service of CASES) e.answers(service);
  expect(e.state().status).toBe('cleared');
  // Somebody holds a unit: the next day all are asked again, since something may be owed by then.
  e.answers('registry', 1);
  e.passes(DAY);
  e.resumes();
  expect(e.state().status).toBe('confirmed');
});

test('after a restore every service has it to do again, whatever it had answered', () => {
  const e = begun();
  e.asks();
  expect(e.replays()).toEqual([]);
  e.confirms();
  for (const service of CASES) e.answers(service);
  e.answers('registry');
  expect(e.replays()).toEqual(['erasure.replayed']);
  expect(toCome(e.state())).toEqual([...KEEPING]);
  expect(e.state()).toMatchObject({ status: 'confirmed', owed: [{ duty: 'erase' }] });
  for (const service of KEEPING) e.answers(service);
  expect(toCome(e.state())).toEqual([]);
  expect(e.state().status).toBe('finished');
});

test('what was erased is erased anew after a restore, also when it was asked for again since and waits, or was refused', () => {
  for (const decided of [() => undefined, (e: ReturnType<typeof begun>) => e.refuses()]) {
    const e = begun();
    e.asks();
    e.confirms();
    for (const service of KEEPING) e.answers(service);
    expect(e.state().status).toBe('finished');
    e.asks();
    expect(toCome(e.state())).toEqual([]);
    expect(e.state()).toMatchObject({ status: 'asked', parties: PARTIES });
    decided(e);
    expect(e.replays()).toEqual(['erasure.replayed']);
    expect(toCome(e.state())).toEqual([...KEEPING]);
    expect(e.state()).toMatchObject({ status: 'confirmed', owed: [{ duty: 'erase' }] });
  }
});
