import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { Recorded } from '../../../shared/domain/events.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import type { Transitions } from '../../../shared/domain/machine.ts';
import { type Obligation, tookRung, without } from '../../../shared/domain/obligation.ts';
import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import type { Day } from '../../../shared/time/clock.ts';
import { type batchLine, type DeductionEvent, deductionEvents, type Failure, type fileReport } from './events.ts';
import { minus, type Spans } from './spans.ts';

export type BatchLine = z.output<typeof batchLine>;
export type FileReport = z.output<typeof fileReport>;

export const STATUSES = ['under-way', 'settled'] as const;
export type Status = (typeof STATUSES)[number];
export type DeductionCommand = 'result' | 'give-up' | 'follow-up' | 'read-again';

export const TRANSITIONS: Transitions<Status, DeductionCommand> = {
  result: { from: ['under-way'], to: ['under-way', 'settled'] },
  'give-up': { from: ['under-way'], to: ['settled'] },
  'read-again': { from: ['settled'], to: ['settled'] },
  'follow-up': { from: ['under-way', 'settled'], to: ['under-way', 'settled'] },
};

interface Sum {
  lines: number;
  fen: number;
}

/**
 * A batch of deductions (代扣) of a site and day. The head says which lines are open; the lines themselves stand in the
 * journal (`linesOf`), so that it stays small.
 */
export interface Deduction {
  status: Status;
  day: Day;
  part: number;
  policy: number;
  lines: number;
  fen: number;
  last: string;
  more: boolean;
  /** Lines that the bank hasn't answered. */
  open: Spans;
  paid: Sum;
  failed: Sum;
  reasons: Partial<Record<Failure, number>>;
  /** What came of the last file. */
  report?: FileReport;
  owed: Obligation[];
}

const add = ({ lines, fen }: Sum, more: readonly { fen: number }[]): Sum => ({
  lines: lines + more.length,
  fen: more.reduce((sum, one) => sum + one.fen, fen),
});

const answered = (state: Deduction, lines: readonly { line: number }[]): Deduction => {
  const open = minus(
    state.open,
    lines.map(({ line }) => line),
  );
  return open.length > 0
    ? { ...state, open }
    : { ...state, open, status: 'settled', owed: without(state.owed, 'result') };
};

const fold = (state: Deduction | undefined, event: Recorded<DeductionEvent>): Deduction => {
  if (event.name === 'deduction.opened') {
    const { opens, ...data } = event.data;
    const none = { lines: 0, fen: 0 };
    return {
      ...data,
      status: 'under-way',
      open: [[1, data.lines]],
      paid: none,
      failed: none,
      reasons: {},
      owed: opens,
    };
  }
  if (!state) throw new Error(`${event.id} stands before the opening`);
  switch (event.name) {
    case 'deduction.listed':
    case 'deduction.given-up':
      return state;
    case 'deduction.paid':
      return { ...answered(state, event.data.lines), paid: add(state.paid, event.data.lines) };
    case 'deduction.failed': {
      const { lines, opens } = event.data;
      const reasons = { ...state.reasons };
      for (const { reason } of lines) reasons[reason] = (reasons[reason] ?? 0) + 1;
      const next = answered(state, lines);
      return { ...next, failed: add(state.failed, lines), reasons, owed: [...next.owed, ...opens] };
    }
    case 'deduction.result-read':
      return { ...state, report: event.data };
    case 'deduction.followed-up':
      return { ...state, owed: without(state.owed, 'failures') };
    default:
      return { ...state, owed: tookRung(state.owed, event.data) };
  }
};

export const deductionType: AggregateType<Deduction, DeductionEvent> = {
  type: 'deduction',
  keeps: 'books',
  ids: 'deduction',
  events: deductionEvents,
  most: { open: 2_000 },
  fold,
  finished: ({ owed }) => owed.length === 0,
};

/** One batch a site, day and part: opened twice it is one. The digest of the site makes it different from other sites'. */
export const deductionId = (site: string, day: Day, part: number): string =>
  `ded_${day}-${createHash('sha256').update(site).digest('hex').slice(0, 12)}-${part}`;

/** The payment of a line: derived, so that a file read twice pays once. */
export const paymentOf = (deduction: string, line: number): string => derivedId('payment', deduction, line);

/** The lines of a batch from its journal. */
export const linesOf = (events: readonly { name: string; data: unknown }[]): BatchLine[] =>
  (events as Recorded<DeductionEvent>[]).flatMap((event) =>
    event.name === 'deduction.listed' ? event.data.lines : [],
  );

/** What the bank said of a line: paid, or why not. */
export type LineOutcome = 'paid' | Failure;

/** What was answered so far, by line. */
export const lineOutcomesOf = (events: readonly { name: string; data: unknown }[]): Map<number, LineOutcome> =>
  new Map(
    (events as Recorded<DeductionEvent>[]).flatMap((event): [number, LineOutcome][] => {
      if (event.name === 'deduction.paid') return event.data.lines.map(({ line }) => [line, 'paid']);
      if (event.name === 'deduction.failed') return event.data.lines.map(({ line, reason }) => [line, reason]);
      return [];
    }),
  );
