import type { NewEvent, PersonalRef } from '../../../shared/domain/events.ts';
import { guard } from '../../../shared/domain/machine.ts';
import { open } from '../../../shared/domain/obligation.ts';
import { invalid, notFound, Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { Situation as On } from '../../../shared/journal/command.ts';
import { decision } from '../../../shared/journal/decision.ts';
import { type Day, endOfDay, HOUR, localDay } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import {
  type BatchLine,
  type Deduction,
  type DeductionCommand,
  type LineOutcome,
  paymentOf,
  TRANSITIONS,
} from './deduction.ts';
import type { DeductionEvent, Failure } from './events.ts';
import type { ReadFile } from './result-file.ts';
import { firstOf, includes } from './spans.ts';

export type Situation = Omit<On<Deduction>, 'actor'>;
type Events = NewEvent<DeductionEvent>[];
export type NewEvents = Events | Refusal;

/** Lines in one event, so that none grows beyond what the bus takes (256 KB). */
const IN_ONE = 50;
/** Faults of a file that are told one by one. */
const FAULTS_TOLD = 100;

const chunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / IN_ONE) }, (_, i) => all.slice(i * IN_ONE, (i + 1) * IN_ONE));

const admit = ({ state }: Pick<Situation, 'state'>, command: DeductionCommand): Deduction | Refusal => {
  if (!state) return notFound('deduction');
  return guard(TRANSITIONS, command, state.status, 'deduction.not-now') ?? state;
};

export interface Batch {
  day: Day;
  part: number;
  lines: BatchLine[];
  last: string;
  more: boolean;
}

/** Opens a batch with its lines, at once; opened before, it stays as it was. */
export const openBatch = ({ state, now, context }: Situation, { lines, ...batch }: Batch): Events => {
  if (state) return [];
  const result = open({
    duty: 'result',
    position: { role: 'supervisor' },
    since: now,
    due: endOfDay(now, context.zone, context.policy.deductionResultDays),
    ladder: [
      [0, 'centre-manager'],
      [context.policy.escalateManagerHours * HOUR, 'site-director'],
    ],
  });
  const total = { lines: lines.length, fen: sumFen(lines.map(({ fen }) => fen)) };
  return [
    { name: 'deduction.opened', data: { ...batch, ...total, policy: context.version, opens: [result] } },
    ...chunks(lines).map((some): Events[number] => ({ name: 'deduction.listed', data: { lines: some } })),
  ];
};

/** Somebody takes the failed lines up with their payers; once for all that failed until it is done. */
const oweFailures = ({ now, context }: Situation) =>
  open({
    duty: 'failures',
    position: { role: 'agent' },
    since: now,
    due: endOfDay(now, context.zone, context.policy.failedDeductionDays),
    ladder: [
      [0, 'supervisor'],
      [context.policy.escalateManagerHours * HOUR, 'centre-manager'],
    ],
  });

type FailedLine = { line: number; account: string; fen: number; reason: Failure };

const failed = (on: Situation, state: Deduction, lines: readonly FailedLine[]): Events => {
  const owed = state.owed.some(({ duty }) => duty === 'failures');
  return chunks(lines).map((some, i) => ({
    name: 'deduction.failed',
    data: { lines: some, opens: i === 0 && !owed ? [oweFailures(on)] : [] },
  }));
};

export interface Result {
  deduction: string;
  /** SHA-256 of the file. */
  file: string;
  read: ReadFile;
  lines: ReadonlyMap<number, BatchLine>;
  /** What was answered before, as far as it had been read. */
  outcomes: ReadonlyMap<number, LineOutcome>;
  /** Site-local day on which the bank deducted; today when left out. */
  paidOn?: Day | undefined;
}

const readable = (on: On<Deduction>) => admit(on, on.state?.status === 'settled' ? 'read-again' : 'result');

/** The bank's answers post, each line once, whatever was read before; what can't be used is reported. */
export const readFile = decision(readable, (on, state, result: Result): NewEvents => {
  const { deduction, file, read, lines, outcomes, paidOn } = result;
  const today = localDay(on.now, on.context.zone);
  const day = paidOn ?? today;
  if (day > today) return invalid({ field: 'body.paidOn', rule: 'field.not-future' });
  if (day < state.day) return invalid({ field: 'body.paidOn', rule: 'field.not-before-batch' });
  const distinct = [...new Map(read.answers.map((one) => [one.line, one])).values()];
  const fresh = distinct.filter(({ line }) => includes(state.open, line));
  const otherwise = distinct.filter(({ line, outcome }) => (outcomes.get(line) ?? outcome) !== outcome);
  const of = (line: number) => lines.get(line) as BatchLine;
  const paid = fresh.filter(({ outcome }) => outcome === 'paid').map(({ line }) => of(line));
  const not = fresh.flatMap(({ line, outcome }): FailedLine[] =>
    outcome === 'paid' ? [] : [{ line, account: of(line).account, fen: of(line).fen, reason: outcome }],
  );
  const faults = [...read.faults, ...otherwise.map(({ at }) => ({ at, why: 'answered-otherwise' as const }))].sort(
    (a, b) => a.at - b.at,
  );
  const report = {
    file,
    rows: read.rows,
    paid: paid.length,
    failed: not.length,
    repeated: read.answers.length - fresh.length - otherwise.length,
    bad: faults.length,
    faults: faults.slice(0, FAULTS_TOLD),
  };
  return [
    ...chunks(paid).map((some): Events[number] => ({
      name: 'deduction.paid',
      data: {
        paidOn: day,
        lines: some.map(({ line, account, fen }) => ({
          line,
          account,
          fen,
          payment: paymentOf(deduction, line),
        })),
      },
    })),
    ...failed(on, state, not),
    { name: 'deduction.result-read', data: report },
  ];
});

type Lines = ReadonlyMap<number, BatchLine>;
const unanswered = (on: On<Deduction>) => admit(on, 'give-up');

/** The bank won't answer what is open: it counts as failed, and is in the next batch if it is still owed. */
export const giveUp = decision(unanswered, (on, state, words: PersonalRef, lines: Lines): NewEvents => {
  const left = firstOf(state.open, state.lines).map((line): FailedLine => {
    const { account, fen } = lines.get(line) as BatchLine;
    return { line, account, fen, reason: 'unanswered' };
  });
  return [{ name: 'deduction.given-up', data: { words } }, ...failed(on, state, left)];
});

/** Everybody whose deduction failed was told, and how else to pay. */
export const followUp = decision(
  (on: On<Deduction>) => {
    const state = admit(on, 'follow-up');
    if (state instanceof Refusal) return state;
    return state.owed.some(({ duty }) => duty === 'failures') ? state : refuse('deduction.nothing-failed');
  },
  (_, __, words: PersonalRef): NewEvents => [{ name: 'deduction.followed-up', data: { words } }],
);
