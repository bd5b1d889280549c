import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../shared/policy/policy.ts';
import { DAY, HOUR } from '../../../shared/time/clock.ts';
import { project } from '../figures/measures/index.ts';
import type { FigureId, Seen } from '../figures/measures/measure.ts';
import { type CaseRow, everyOutcome, mergeFacts } from '../figures/row.ts';
import { journalOf, journals, life, NINE, SITE, ZONE } from '../testing/site.ts';
import { AGENT_FIGURES, assessment, DEPARTMENT_FIGURES } from './assessment.ts';
import { lineOf } from './dimensions.ts';
import { repeatsOf } from './repeats.ts';
import { serviceReport } from './report.ts';
import { byHand } from './testing.ts';

const rowsOf = (events: readonly Seen[]): CaseRow[] =>
  [
    ...mergeFacts(
      SITE,
      events.flatMap((event) => project(event, ZONE)),
    ).values(),
  ].map((one) => ({ ...one, version: 1 }));
const BUILDINGS: Record<string, string> = { unt_1: 'A', unt_2: 'B' };
const context = { at: NINE + 5 * DAY, buildingOf: (_: string, unit: string) => BUILDINGS[unit] };
const policy = { ...DEFAULT_POLICY, judgeFromCases: 2 };
const MAY = { from: '2026-05-01', to: '2026-05-31' };
const report = (events = byHand()) => serviceReport(rowsOf(events), MAY, { context, policy, atLeast: 2 });
const zero = (one: object) => Object.fromEntries(Object.entries(one).filter(([, n]) => n !== 0));

test('complaints by kind, department and building: what is not known is a line of its own', () => {
  const { total, byKind, byDepartment, byBuilding } = report().complaints;
  expect(total).toMatchObject({ received: 5, valid: 4, notValid: 1, unjudged: 0, open: 2 });
  expect(total.closing).toMatchObject({ met: 2, missed: 0, running: 2, excluded: 1, percent: '100.00' });
  const received = (lines: typeof byKind) => lines.map(({ key, received, open }) => [key, received, open]);
  expect(received(byKind)).toEqual([
    ['attitude', 1, 1],
    ['noise', 3, 1],
    ['slowness', 1, 0],
  ]);
  expect(received(byDepartment)).toEqual([
    ['engineering', 2, 0],
    ['security', 1, 1],
    [null, 2, 1],
  ]);
  expect(received(byBuilding)).toEqual([
    ['A', 3, 1],
    ['B', 1, 0],
    [null, 1, 1],
  ]);
});

test('a share of nothing is null, not 0 or 100', () => {
  const { complaints, callbacks, promises } = report([]);
  expect([complaints.total.closing.percent, complaints.reopened.rate, callbacks.reached.rate, promises.rate]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test('days open are elapsed days of 24 h: of those closed until then, of those open until now', () => {
  const { daysOpen } = report().complaints;
  expect([zero(daysOpen.closed), zero(daysOpen.open)]).toEqual([{ '0-1': 1, '1-3': 1 }, { '3-7': 2 }]);
  const exactly = (hours: number) =>
    zero(
      report(
        journals(
          life(1, {
            results: [{ resolved: 0, tries: 0, call: { after: 0, rating: 5, ratedBy: 'owner' } }],
            closed: hours,
          }),
        ).flat(),
      ).complaints.daysOpen.closed,
    );
  expect([exactly(24), exactly(25), exactly(240), exactly(241)]).toEqual([
    { '0-1': 1 },
    { '1-3': 1 },
    { '7-10': 1 },
    { 'over-10': 1 },
  ]);
});

test('reopened, of resolutions whose callback is over: one that is overdue and not made is neither', () => {
  expect(report().complaints.reopened).toMatchObject({ met: 1, missed: 2, running: 1, percent: '33.33' });
});

test('callbacks by the call that reached, and by how soon or how late it was', () => {
  const { inTime, reached, attempts, timing } = report().callbacks;
  expect(inTime).toMatchObject({ met: 2, missed: 2, attempted: 1 });
  expect(reached).toMatchObject({ met: 3, missed: 1 });
  expect(zero(attempts)).toEqual({ '1': 1, '2': 1, '4+': 1, never: 1 });
  expect(zero(timing)).toEqual({ 'in-time-24h': 1, 'in-time-48h': 1, 'late-24h': 1, never: 1 });
});

test('promised replies: kept at or before the promised time, on the day they fall due, each by itself', () => {
  expect(report().promises).toMatchObject({ met: 1, missed: 2, running: 0, percent: '33.33' });
  const late = NINE + 20 * DAY;
  const callback = journalOf('cbk_c1-1');
  const about = { complaint: 'cmp_c1', ordinal: 1, resolvedAt: NINE, due: NINE + 2 * DAY, opinions: [], opens: [] };
  callback.add('callback.reached', NINE + HOUR, { ...about, nextPromise: late });
  const promised = (events: readonly Seen[]) =>
    rowsOf(events)
      .flatMap(everyOutcome)
      .filter(({ measure }) => measure === 'promised');
  expect(promised(callback.events)).toEqual([{ measure: 'promised', day: '2026-05-21', state: 'running', due: late }]);
  callback.add('callback.replied', late);
  expect(promised(callback.events)).toMatchObject([{ day: '2026-05-21', state: 'met' }]);
});

test('who complained often: units, never people; the same kind within 30 days is a repeated complaint', () => {
  const { repeats } = report().complaints;
  expect(repeats).toMatchObject({ atLeast: 2, units: 1, again: 1 });
  expect(repeats.top).toMatchObject([{ unit: 'unt_1', count: 3, kinds: { attitude: 1, noise: 2 } }]);
  const month = (day: number) => life(day, { at: NINE + day * DAY, unit: 'unt_1', rings: 1 });
  const again = (first: number, second: number) =>
    repeatsOf(rowsOf([first, second].flatMap((n) => journals(month(n)).flat())), MAY, 1).again;
  expect([again(-30, 0), again(-31, 0), again(0, 30)]).toEqual([1, 0, 1]);
});

test('what was said anonymously or in confidence names no unit', () => {
  for (const hidden of ['anonymous', 'confidential']) {
    const events = byHand().map((event) =>
      event.name === 'complaint.registered' ? { ...event, data: { ...event.data, [hidden]: true } } : event,
    );
    const { byBuilding, repeats } = report(events as Seen[]).complaints;
    expect([byBuilding.map(({ key }) => key), repeats.units]).toEqual([[null], 0]);
  }
});

const assessed = (who: 'agent' | 'department', figures: readonly FigureId[], events = byHand()) => {
  const lines = assessment(rowsOf(events), figures, who, { context, policy });
  return (id: FigureId) => Object.fromEntries(lines.map(({ key, figures: own }) => [key ?? 'nobody', own[id]]));
};

test('an agent answers for the contacts they took, what they promised, and the callbacks they had in hand', () => {
  const of = assessed('agent', AGENT_FIGURES);
  expect(of('Q1')).toMatchObject({ stf_ann: { met: 3, missed: 1 }, stf_ben: { met: 1 } });
  expect(of('promised')).toMatchObject({ stf_ann: { met: 1, missed: 2, judged: true, percent: '33.33' } });
  expect(of('attitude')).toMatchObject({ stf_ben: { met: 1, missed: 0 } });
  expect(of('rated')).toMatchObject({ stf_ann: { due: 2 }, stf_ben: { due: 1 } });
});

test('whoever heard of somebody else’s conduct is not judged by it: the accused is, or nobody', () => {
  const q1 = (against: 'ben' | 'nobody') =>
    assessed('agent', AGENT_FIGURES, journals(life(1, { agent: 'stf_ann', kind: 'attitude', against })).flat())('Q1');
  expect(q1('ben')).toMatchObject({ stf_ben: { met: 0, missed: 1 } });
  expect(q1('nobody')).toMatchObject({ nobody: { met: 0, missed: 1, why: 'nobody' } });
  for (const against of ['ben', 'nobody'] as const) expect(q1(against).stf_ann).toMatchObject({ due: 0 });
});

test('what the system does by itself is nobody’s line', () => {
  const events = journals(life(1, { agent: 'system:payer', fate: 'settled' })).flat();
  expect(Object.keys(assessed('agent', AGENT_FIGURES, events)('Q2-desk'))).toEqual(['nobody']);
});

test('three tries in different parts of the day are held against nobody, beside the exact rate; an unclaimed callback is nobody’s', () => {
  const of = assessed('agent', AGENT_FIGURES);
  expect(of('Q3')).toMatchObject({
    stf_ann: { met: 1, missed: 1, attempted: 1, judged: true, rate: { met: 1, of: 2 }, percent: '50.00' },
    nobody: { missed: 1, judged: false, why: 'nobody', rate: null },
  });
  expect(of('Q3-attempted')).toMatchObject({
    stf_ann: { met: 2, missed: 0, judged: true, percent: '100.00' },
    nobody: { missed: 1, judged: false },
  });
});

test('nobody is judged on fewer cases than the policy says: they are counted, and no rate is shown', () => {
  const q3 = assessed('agent', AGENT_FIGURES)('Q3');
  expect(q3).toMatchObject({ stf_ben: { met: 1, judged: false, why: 'too-few-cases', rate: null, percent: null } });
});

test('a department answers for what it had when it was decided', () => {
  const of = assessed('department', DEPARTMENT_FIGURES);
  expect(of('Q2-department')).toMatchObject({ engineering: { met: 2 }, security: { met: 1 }, nobody: { missed: 1 } });
  expect(of('investigated')).toMatchObject({ engineering: { met: 2, percent: '100.00' }, security: { met: 1 } });
  expect(of('resolved')).toMatchObject({ engineering: { met: 2 } });
});

test('handed on in time the next department has it; handed on too late it stays with the first', () => {
  const handedOn = (at: number) => {
    const complaint = journalOf('cmp_c1');
    const dues = (opens: [string, number][]) => ({ opens: opens.map(([duty, due]) => ({ duty, due })) });
    complaint.add('complaint.registered', NINE, { kind: 'noise', department: 'desk', closeDue: NINE + DAY, opens: [] });
    complaint.add('complaint.assigned', NINE, { department: 'first', ...dues([['accept', NINE + HOUR]]) });
    const work = dues([
      ['investigate', NINE + 4 * HOUR],
      ['resolve', NINE + DAY],
    ]);
    complaint.add('complaint.accepted', NINE, { department: 'first', acceptDue: NINE + HOUR, ...work });
    complaint.add('complaint.assigned', at, { department: 'second', ...dues([['accept', at + HOUR]]) });
    const [row] = rowsOf(complaint.events).filter(({ key }) => key.family === 'complaint') as [CaseRow];
    const state = everyOutcome(row).find(({ measure }) => measure === 'investigated')?.state;
    return [state, lineOf(row, 'department', 'investigated', context), lineOf(row, 'department', 'closing', context)];
  };
  expect(handedOn(NINE + HOUR)).toEqual(['running', 'second', 'second']);
  expect(handedOn(NINE + 5 * HOUR)).toEqual(['missed', 'first', 'second']);
});
