import { expect, test } from 'vitest';
import { Refusal } from '../../shared/domain/refusal.ts';
import { append, type Current, overfull } from '../../shared/journal/aggregate.ts';
import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import { HOUR } from '../../shared/time/clock.ts';
import { dayPart } from '../../shared/time/day-part.ts';
import { type Callback, callbackType } from './callback.ts';
import { attempt } from './decide.ts';
import { oweCall } from './duties.ts';

const CONTEXT = { zone: 'Asia/Shanghai', version: 0, policy: DEFAULT_POLICY };
const LI = { staff: 'li', roles: ['agent' as const], departments: [] };
const at = (time: string) => Date.parse(`2026-05-01T${time}:00+08:00`);

test.each([
  ['08:29', undefined],
  ['08:30', '2026-05-01 morning'],
  ['11:59', '2026-05-01 morning'],
  ['12:00', '2026-05-01 afternoon'],
  ['18:00', '2026-05-01 evening'],
  ['20:30', '2026-05-01 evening'],
  ['20:31', undefined],
  ['03:00', undefined],
])('a call at %s fell in: %s', (time, part) => {
  expect(dayPart(at(time), CONTEXT)).toBe(part);
});

test('owners are called in other hours where the policy says so', () => {
  const policy = { ...DEFAULT_POLICY, callFromMinute: 9 * 60, callUntilMinute: 21 * 60 };
  expect([dayPart(at('08:45'), { ...CONTEXT, policy }), dayPart(at('20:45'), { ...CONTEXT, policy })]).toEqual([
    undefined,
    '2026-05-01 evening',
  ]);
});

/** A callback after these tries in vain, each recorded at the end of them. @param tries local, of May 2026 */
const triedIn = (tries: readonly string[]) => {
  const begin = at('07:00');
  const owed = oweCall('call', begin, CONTEXT);
  const about = { complaint: 'cmp_1', ordinal: 1, department: 'engineering', notBy: [], policy: 0 };
  const kind = { anonymous: false, concealed: false, public: false };
  const opened = { ...about, ...kind, resolvedAt: begin, due: owed.due, opens: [owed] };
  let current: Current<Callback> = { id: 'cbk_1-1', site: 'sit_1', version: 0, state: undefined };
  current = append(callbackType, current, [{ name: 'callback.opened', data: opened }], begin, 'li').next;
  for (const time of tries) {
    const calledAt = Date.parse(`2026-05-${time}:00+08:00`);
    const on = { state: current.state, actor: LI, now: Math.max(calledAt, begin + 20 * HOUR), context: CONTEXT };
    const happened = attempt(on, { outcome: 'no-answer', calledAt, opinions: [] });
    if (happened instanceof Refusal) throw happened;
    const { next } = append(callbackType, current, happened, on.now, 'li');
    expect(overfull(callbackType, current.state, next.state)).toBeUndefined();
    current = next;
  }
  return current.state;
};

test('a try is kept however many there were: three a day for a week are twenty-one', () => {
  const tries = ['01', '02', '03', '04', '05', '06', '07'].flatMap((day) =>
    ['10:00', '15:00', '19:00'].map((time) => `${day}T${time}`),
  );
  const state = triedIn(tries);
  expect(state).toMatchObject({ attempts: 21 });
  expect(state?.dayParts).toHaveLength(10);
});

test('tries outside the hours of calling are kept, and are no part of the day in which somebody was tried', () => {
  const state = triedIn(['01T07:30', '01T10:00', '01T23:00', '01T15:00']);
  expect(state).toMatchObject({ attempts: 4, dayParts: ['2026-05-01 morning', '2026-05-01 afternoon'] });
});
