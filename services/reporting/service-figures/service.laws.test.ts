import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../shared/policy/policy.ts';
import { runs } from '../../../shared/testing/runs.ts';
import { DAY } from '../../../shared/time/clock.ts';
import { project } from '../figures/measures/index.ts';
import { type FigureId, MEASURES, type MeasureId } from '../figures/measures/measure.ts';
import { type CaseRow, caseOutcomesOf, mergeFacts } from '../figures/row.ts';
import { type CaseTally, countsOf, tallyOf } from '../figures/tally.ts';
import { journals, type Life, lives, NINE, SITE, ZONE } from '../testing/site.ts';
import { AGENT_FIGURES, assessment, DEPARTMENT_FIGURES } from './assessment.ts';
import { serviceReport } from './report.ts';

const rowsOf = (all: readonly Life[]): CaseRow[] => {
  const events = all.flatMap((life) => journals(life).flat());
  return [
    ...mergeFacts(
      SITE,
      events.flatMap((event) => project(event, ZONE)),
    ).values(),
  ].map((one) => ({ ...one, version: 1 }));
};
const context = { at: NINE + 30 * DAY, buildingOf: (_: string, unit: string) => (unit === 'unt_1' ? 'A' : undefined) };
const policy = { ...DEFAULT_POLICY, judgeFromCases: 2 };
const YEAR = { from: '2026-01-01', to: '2026-12-31' };
/** What the counters of those rows say. */
const counted = (rows: readonly CaseRow[]) => {
  const counts = countsOf(rows.flatMap(caseOutcomesOf));
  return (measure: MeasureId) => tallyOf(counts, measure);
};
const total = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const FIELDS = ['due', 'met', 'missed', 'running', 'excluded', 'attempted'] as const;
const added = (all: readonly CaseTally[]) =>
  Object.fromEntries(FIELDS.map((field) => [field, total(all.map((one) => one[field]))]));
const fields = (tally: CaseTally) => Object.fromEntries(FIELDS.map((field) => [field, tally[field]]));

test('law: the lines of every breakdown add up to what the counters say', () => {
  fc.assert(
    fc.property(lives, (all) => {
      const rows = rowsOf(all);
      const of = counted(rows);
      const { complaints, callbacks, promises } = serviceReport(rows, YEAR, { context, policy, atLeast: 2 });
      for (const lines of [complaints.byKind, complaints.byDepartment, complaints.byBuilding]) {
        expect(added(lines.map(({ closing }) => closing))).toEqual(fields(of('closing')));
        expect(added(lines.map(({ notValidShare }) => notValidShare))).toEqual(fields(of('not-valid')));
        expect(total(lines.map(({ open }) => open))).toBe(complaints.total.open);
      }
      const { received, valid, notValid, unjudged, open } = complaints.total;
      expect(received).toBe(of('closing').due + of('closing').excluded);
      expect(received).toBe(valid + notValid + unjudged);
      expect(total(Object.values(complaints.daysOpen.open))).toBe(open);
      expect(total(Object.values(complaints.daysOpen.closed))).toBe(received - notValid - open);
      const q3 = of('Q3');
      const { attempts, timing } = callbacks;
      for (const figure of [attempts, timing]) expect(total(Object.values(figure))).toBe(q3.due + q3.excluded);
      expect(timing['in-time-24h'] + timing['in-time-48h']).toBe(q3.met);
      const late = timing['late-4h'] + timing['late-24h'] + timing['late-72h'] + timing['late-over'] + timing.never;
      expect([late, timing.waiting, timing.excluded]).toEqual([q3.missed, q3.running, q3.excluded]);
      expect([attempts.never, attempts.waiting]).toEqual([timing.never, timing.waiting]);
      expect(fields(promises)).toEqual(fields(of('promised')));
      expect(complaints.reopened.due).toBe(q3.due + q3.excluded);
    }),
    runs(50),
  );
});

test('law: a case is one agent’s and one department’s, or nobody’s; nobody is judged on fewer cases than the policy says', () => {
  fc.assert(
    fc.property(lives, (all) => {
      const rows = rowsOf(all);
      const of = counted(rows);
      const sides = [
        { figures: AGENT_FIGURES, lines: assessment<FigureId>(rows, AGENT_FIGURES, 'agent', { context, policy }) },
        {
          figures: DEPARTMENT_FIGURES,
          lines: assessment<FigureId>(rows, DEPARTMENT_FIGURES, 'department', { context, policy }),
        },
      ];
      for (const { figures, lines } of sides) {
        for (const id of figures) {
          if (id in MEASURES) expect(added(lines.map((line) => line.figures[id]))).toEqual(fields(of(id as MeasureId)));
          for (const { key, figures: own } of lines) {
            const { judged, rate, percent, met, missed } = own[id];
            expect(judged).toBe(key !== null && met + missed >= policy.judgeFromCases);
            expect([rate === null, percent === null]).toEqual([!judged, !judged]);
            if (judged) expect(percent === '100.00').toBe(missed === 0);
          }
        }
      }
    }),
    runs(33),
  );
});
