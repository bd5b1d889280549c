import { expect, test } from 'vitest';
import { HOUR } from '../../shared/clock.ts';
import { dayPart } from '../../shared/day-part.ts';
import { append, type Current } from '../../shared/journal/aggregate.ts';
import { DEFAULT_POLICY } from '../../shared/policy.ts';
import { Refusal } from '../../shared/refusal.ts';
import { type Callback, callbackType } from './callback.ts';
import { attempt } from './decide.ts';
import { oweCall } from './duties.ts';

const GROUND = { zone: 'Asia/Shanghai', version: 0, policy: DEFAULT_POLICY };
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
  expect(dayPart(at(time), GROUND)).toBe(part);
});

test('owners are called in other hours where the policy says so', () => {
  const policy = { ...DEFAULT_POLICY, callFromMinute: 9 * 60, callUntilMinute: 21 * 60 };
  expect([dayPart(at('08:45'), { ...GROUND, policy }), dayPart(at('20:45'), { ...GROUND, policy })]).toEqual([
    undefined,
    '2026-05-01 evening',
  ]);
});

test('tries outside the hours of calling are kept, and are no part of the day in which somebody was tried', () => {
  const begin = at('07:00');
  const owed = oweCall('call', begin, GROUND);
  const about = { complaint: 'cmp_1', ordinal: 1, department: 'engineering', notBy: [], policy: 0 };
  const opened = {
    ...about,
    resolvedAt: begin,
    due: owed.due,
    anonymous: false,
    concealed: false,
    public: false,
    opens: [owed],
  };
  let current: Current<Callback> = { id: 'cbk_1-1', site: 'sit_1', version: 0, state: undefined };
  current = append(callbackType, current, [{ name: 'callback.opened', data: opened }], begin, 'li').next;
  for (const time of ['07:30', '10:00', '23:00', '15:00']) {
    const on = { state: current.state, actor: LI, now: begin + 20 * HOUR, ground: GROUND };
    const happened = attempt(on, { outcome: 'no-answer', calledAt: at(time), opinions: [] });
    if (happened instanceof Refusal) throw happened;
    current = append(callbackType, current, happened, on.now, 'li').next;
  }
  expect(current.state).toMatchObject({ attempts: 4, dayParts: ['2026-05-01 morning', '2026-05-01 afternoon'] });
});
