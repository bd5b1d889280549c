import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../policy/policy.ts';
import { HOUR, MINUTE } from '../time/clock.ts';
import { happened, markedLater } from './happened.ts';
import { Refusal } from './refusal.ts';

const NOW = Date.UTC(2026, 4, 2, 2);
const on = (recordWithinHours = 24) => ({
  now: NOW,
  context: { policy: { ...DEFAULT_POLICY, recordWithinHours } },
});
const SHOWN = { ref: 'txt_1', hash: 'h' };
const LONG_AGO = NOW - 100 * HOUR;

const faultOf = (answer: ReturnType<typeof happened>) =>
  answer instanceof Refusal ? answer.fields.map(({ field, rule }) => `${field} ${rule}`).join() : answer;
const said = (ago: number, { since = LONG_AGO, hours = 24, witnessed = true } = {}) =>
  faultOf(happened({ happenedAt: NOW - ago }, on(hours), since, { witnessed }));

describe('when it happened', () => {
  test('is now, unless it says', () => {
    expect(happened({}, on(), NOW)).toEqual({});
    expect(said(0)).toEqual({});
  });

  test('is never in the future, but for a clock that is a little ahead', () => {
    expect(said(-2 * MINUTE)).toEqual({});
    expect(said(-2 * MINUTE - 1)).toBe('body.happenedAt field.not-future');
  });

  test('is never before what it answers began', () => {
    expect(said(HOUR, { since: NOW - HOUR })).toEqual({ happenedAt: NOW - HOUR });
    expect(said(HOUR + 1, { since: NOW - HOUR })).toBe('body.happenedAt field.not-before-begun');
  });

  test.each([1, 24])('is recorded within %i h, as the policy has it', (hours) => {
    expect(said(hours * HOUR, { hours })).toEqual({ happenedAt: NOW - hours * HOUR });
    expect(said(hours * HOUR + 1, { hours })).toBe('body.happenedAt field.last-hours');
  });

  test('is shown by something, of what one did oneself more than a quarter of an hour ago', () => {
    const own = { witnessed: false };
    expect(said(15 * MINUTE, own)).toEqual({ happenedAt: NOW - 15 * MINUTE });
    expect(said(15 * MINUTE + 1, own)).toBe('body.evidence field.evidence');
    const shown = { happenedAt: NOW - HOUR, evidence: SHOWN };
    expect(happened(shown, on(), LONG_AGO)).toEqual(shown);
  });

  test('is what evidence is of', () => {
    expect(faultOf(happened({ evidence: SHOWN }, on(), NOW))).toBe('body.evidence field.only-of-happened');
  });
});

test('what is taken lies between what it answers and now, within what the policy lets be recorded', () => {
  const ago = fc.integer({ min: -HOUR, max: 200 * HOUR });
  const asked = fc.record({
    ago,
    since: fc.nat(200 * HOUR),
    hours: fc.nat(168),
    witnessed: fc.boolean(),
    shown: fc.boolean(),
  });
  fc.assert(
    fc.property(asked, ({ ago: before, since: began, hours, witnessed, shown }) => {
      const since = NOW - began;
      const told = { happenedAt: NOW - before, ...(shown ? { evidence: SHOWN } : {}) };
      const answer = happened(told, on(hours), since, { witnessed });
      if (answer instanceof Refusal) return;
      const when = answer.happenedAt ?? NOW;
      expect(when).toBeGreaterThanOrEqual(Math.max(since, NOW - hours * HOUR));
      expect(when).toBeLessThanOrEqual(NOW);
      expect(witnessed || shown || when >= NOW - 15 * MINUTE).toBe(true);
    }),
  );
});

test('what was recorded later is marked', () => {
  expect(markedLater({ data: {} })).toEqual({});
  expect(markedLater({ data: { happenedAt: NOW } })).toEqual({ recordedLater: true });
});
