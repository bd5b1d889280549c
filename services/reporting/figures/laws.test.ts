import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../../shared/testing/runs.ts';
import type { Day } from '../../../shared/time/clock.ts';
import { accountByHand, letterByHand, slipByHand } from '../../../test/support/by-hand-billing.ts';
import { billing } from '../testing/billing.ts';
import { journals, lives, mixed, SITE, ZONE } from '../testing/site.ts';
import { report } from './figures.ts';
import { project } from './measures/index.ts';
import type { FigureId, Seen } from './measures/measure.ts';
import { applyFacts, type CaseRow, caseOutcomesOf, everyOutcome, mergeFacts, rowName } from './row.ts';
import { PERIODS } from './span.ts';
import { type Counts, nonZero, tally } from './tally.ts';

/** Rows and counts after some batches of events, as the stream's reader keeps them. */
const counted = (batches: readonly (readonly Seen[])[]) => {
  const rows = new Map<string, CaseRow>();
  const days = new Map<Day, Counts>();
  for (const batch of batches) {
    const learned = batch.flatMap((event) => project(event, ZONE));
    for (const [name, { key, facts }] of mergeFacts(SITE, learned)) {
      const row = rows.get(name) ?? { key, version: 0, facts: {} };
      const change = applyFacts(row, facts);
      if (!change) continue;
      tally(days, caseOutcomesOf(row), -1);
      const next = { ...row, version: row.version + 1, facts: change.facts };
      tally(days, caseOutcomesOf(next));
      rows.set(name, next);
    }
  }
  return {
    facts: new Map([...rows].map(([name, { facts }]) => [name, facts] as const)),
    counts: new Map([...days].flatMap(([day, counts]) => (isZero(counts) ? [] : [[day, nonZero(counts)] as const]))),
    rows: [...rows.values()],
  };
};

const isZero = (counts: Counts) => Object.keys(nonZero(counts)).length === 0;

const some = fc.tuple(lives, billing).chain(([all, billed]) => {
  const events = [...all.flatMap((life) => journals(life).flat()), ...billed.flat()];
  return fc.record({ events: fc.constant(events), order: mixed(events), size: fc.integer({ min: 1, max: 20 }) });
});
const batchesOf = (events: readonly Seen[], size: number) =>
  Array.from({ length: Math.ceil(events.length / size) }, (_, i) => events.slice(i * size, (i + 1) * size));

test('law: in whatever order, however often and in whatever batches events come, rows and counts are the same', () => {
  fc.assert(
    fc.property(some, ({ events, order, size }) => {
      const idempotencyKey = counted([events]);
      const again = counted(batchesOf(order, size));
      expect(again.facts).toEqual(idempotencyKey.facts);
      expect(again.counts).toEqual(idempotencyKey.counts);
    }),
    runs(50),
  );
});

test('law: the counts are the sum of the rows, and no case is counted twice in a measure', () => {
  fc.assert(
    fc.property(some, ({ order, size }) => {
      const { rows, counts } = counted(batchesOf(order, size));
      const summed = new Map<Day, Counts>();
      for (const row of rows) {
        const outcomes = caseOutcomesOf(row);
        expect(new Set(outcomes.map(({ measure }) => measure)).size).toBe(outcomes.length);
        expect(new Set(outcomes.map(({ day }) => day)).size).toBeLessThanOrEqual(1);
        tally(summed, outcomes);
      }
      expect(counts).toEqual(summed);
    }),
    runs(25),
  );
});

test('law: due = met + missed + running, a total is the sum of its days, 100.00% only with nothing missed', () => {
  fc.assert(
    fc.property(some, ({ events }) => {
      const days = [...counted([events]).counts].map(([day, counts]) => ({ day, counts }));
      const span = { from: '2026-01-01', to: '2026-12-31' };
      const byDay = report(days, 'day', span);
      const reports = PERIODS.map((by) => report(days, by, span));
      for (const { total, periods } of reports) {
        expect(total).toEqual(byDay.total);
        expect(periods.map(({ period }) => period)).toEqual(periods.map(({ period }) => period).sort());
      }
      for (const { figures } of [...byDay.periods, { figures: byDay.total }]) {
        for (const figure of Object.values(figures)) {
          const { due, met, missed, running, excluded, reasons, attempted, rate, percent } = figure;
          expect(due).toBe(met + missed + running);
          expect(Math.min(met, missed, running, excluded, attempted)).toBeGreaterThanOrEqual(0);
          expect(attempted).toBeLessThanOrEqual(missed);
          expect(Object.values(reasons).reduce((a, b) => a + b, 0)).toBe(excluded);
          expect(rate === null).toBe(met + missed === 0);
          expect(percent === '100.00').toBe(met > 0 && missed === 0);
        }
      }
      for (const measure of ['Q1', 'Q2', 'Q3', 'Q4', 'closing'] as const) {
        for (const { periods } of reports) {
          expect(periods.reduce((sum, { figures }) => sum + figures[measure].due, 0)).toBe(byDay.total[measure].due);
        }
      }
    }),
    runs(25),
  );
});

const DECIDED_ONCE: FigureId[] = [
  'Q2-desk',
  'Q2-department',
  'hand-over',
  'Q3',
  'Q4',
  'closing',
  'investigated',
  'resolved',
  'promised',
];

/** What the clock said was missed had happened in time, and is only recorded now. */
const wasInTime = (before: string, state: string, { data }: Seen) =>
  before === 'missed' && state === 'met' && (data as { happenedAt?: number }).happenedAt !== undefined;

test('law: once a callback, a promise or a step of a case is decided, no later event changes it, unless it had happened in time', () => {
  fc.assert(
    fc.property(lives, (all) => {
      for (const life of all) {
        const events = journals(life)
          .flat()
          .sort((a, b) => a.at - b.at || a.version - b.version);
        const decided = new Map<string, string>();
        for (let n = 1; n <= events.length; n++) {
          for (const row of counted([events.slice(0, n)]).rows) {
            for (const { measure, state } of everyOutcome(row)) {
              if (!DECIDED_ONCE.includes(measure)) continue;
              const name = `${rowName(row.key)} ${measure}`;
              const before = decided.get(name);
              if (before !== undefined && !wasInTime(before, state, events[n - 1] as Seen))
                expect(`${name} ${state}`).toBe(`${name} ${before}`);
              if (state === 'met' || state === 'missed') decided.set(name, state);
            }
          }
        }
      }
    }),
    runs(15),
  );
});

test('law: Q5, Q6 and promises to pay are what one counts from the journals by hand', () => {
  const HANDS = { acc: accountByHand, let: letterByHand, slp: slipByHand };
  fc.assert(
    fc.property(billing, (journals) => {
      const counts = counted(journals).rows.flatMap((row) =>
        caseOutcomesOf(row).map(({ measure, day, state }) => [measure, day, state].join(' ')),
      );
      const byHand = journals.flatMap((events) => {
        const hand = HANDS[events[0]?.aggregate.slice(0, 3) as keyof typeof HANDS];
        return hand?.(events, ZONE).map((one) => one.join(' ')) ?? [];
      });
      expect(counts.sort()).toEqual(byHand.sort());
    }),
    runs(50),
  );
});
