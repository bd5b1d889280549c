import { expect, test } from 'vitest';
import type { LogLine } from '../record.ts';
import { printed, traceOf } from './trace.ts';

const R = 'JKJaXmPLvHcESHA=';
const at = Date.UTC(2026, 4, 1, 23, 59, 59);
const line = (seconds: number, said: object | string): LogLine => ({
  at: at + seconds * 1000,
  function: 'Stack/fn',
  line: typeof said === 'string' ? said : JSON.stringify(said),
});
const LINES = [
  line(2, { code: 'HY-EVT-1', fn: 'billing-on-settled', request: 'i1', cause: R, ms: 12, event: 'acc_1.3' }),
  line(0, { code: 'HY-API-1', fn: 'billing-accounts-api', request: R, cold: true, ms: 30, status: 200 }),
  line(1, { code: 'HY-KPI-1', fn: 'reporting-kpi', request: 'i2', cause: `other ${R}`, ms: 3, events: 2 }),
  line(1, { code: 'HY-EVT-1', fn: 'billing-on-settled', request: 'i3', cause: 'other', ms: 1, event: 'acc_2.1' }),
  line(1, 'START RequestId: i1'),
];

test('a trace is what a request led to, in order, and no more', () => {
  const traced = traceOf(LINES, R);
  expect(traced.map(({ fn }) => fn)).toEqual(['billing-accounts-api', 'reporting-kpi', 'billing-on-settled']);
  expect(traced[0]).toMatchObject({ what: 'A request was answered', ms: 30, cold: true, ids: { status: 200 } });
  expect(traceOf(LINES, `urn:huiyin:request:${R}`)).toEqual(traced);
});

test('an event leads to what led to it', () => {
  expect(traceOf(LINES, 'acc_1.3')).toEqual(traceOf(LINES, R));
  expect(traceOf(LINES, 'nothing')).toEqual([]);
});

test('it is printed with the time, the function, what it did and how long that took', () => {
  expect(printed(traceOf(LINES, R)).map((text) => text.replace(/ {2,}/g, ' | '))).toEqual([
    '2026-05-01 (UTC)',
    '23:59:59.000 | billing-accounts-api | A request was answered | 30 ms cold | status=200',
    '2026-05-02 (UTC)',
    '00:00:00.000 | reporting-kpi | Facts were counted | 3 ms | events=2',
    '00:00:01.000 | billing-on-settled | An event was handled | 12 ms | event=acc_1.3',
  ]);
});
