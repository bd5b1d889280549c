import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lawsOf, RUNS, type LawStep as Steps } from '../../../shared/journal/laws.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { DAY, localDay } from '../../../shared/time/clock.ts';
import { CONTEXT, WORDS, ZONE } from '../accounts/testing.ts';
import { billingTable } from '../store.ts';
import { followUp, giveUp, openBatch, readFile } from './decide.ts';
import { type BatchLine, type Deduction, deductionType, type LineOutcome } from './deduction.ts';
import type { DeductionEvent } from './events.ts';
import { countOf, firstOf, includes, minus } from './spans.ts';

const PEOPLE: Actor[] = [{ staff: 'zhao', roles: ['supervisor'], departments: [] }];
type Step = Steps<Deduction, DeductionEvent>;

/** More than one event holds. */
const LINES = Array.from(
  { length: 60 },
  (_, i): BatchLine => ({
    line: i + 1,
    account: `acc_${i}`,
    bank: 'icbc',
    token: `token-${i}`,
    fen: 100 + i,
    bills: ['management/2026-03'],
  }),
);
const BY_LINE = new Map(LINES.map((line) => [line.line, line]));

const begin: Step = (on) =>
  openBatch(on, { day: localDay(on.now, ZONE), part: 1, lines: LINES, last: 'acc_59', more: false });

const answered = fc
  .array(
    fc.record({
      from: fc.integer({ min: 1, max: 60 }),
      count: fc.integer({ min: 1, max: 30 }),
      outcome: fc.constantFrom<LineOutcome>('paid', 'paid', 'insufficient-funds', 'limit'),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((some): Step => {
    const answers = some.flatMap(({ from, count, outcome }) =>
      Array.from({ length: Math.min(count, 61 - from) }, (_, i) => ({ at: from + i, line: from + i, outcome })),
    );
    return (on) =>
      readFile(on, {
        deduction: 'ded_laws',
        file: 'f',
        read: { rows: answers.length, answers, faults: [] },
        lines: BY_LINE,
        outcomes: new Map(),
      });
  });
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: answered },
  { weight: 1, arbitrary: fc.constant<Step>((on) => giveUp(on, WORDS, BY_LINE)) },
  { weight: 1, arbitrary: fc.constant<Step>((on) => followUp(on, WORDS)) },
);

test('the laws hold whatever the bank says of a batch: every line is answered once, and owed until then', async () => {
  const owes = ({ open, paid, failed, lines, fen, owed }: Deduction) => {
    expect(countOf(open) + paid.lines + failed.lines).toBe(lines);
    expect(paid.fen + failed.fen).toBeLessThanOrEqual(fen);
    const followUps = owed.filter(({ duty }) => duty === 'failures').map(({ duty }) => duty);
    return [...followUps, ...(open.length > 0 ? ['result'] : [])];
  };
  const life = { type: deductionType, table: billingTable, people: PEOPLE, context: CONTEXT, longest: 3 * DAY };
  await fc.assert(lawsOf({ ...life, begin: fc.constant(begin), steps, owes }), RUNS);
});

test('spans are the numbers that are left', () => {
  const numbers = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 });
  fc.assert(
    fc.property(numbers, numbers, (some, more) => {
      const left = minus(minus([[1, 40]], some), more);
      const should = Array.from({ length: 40 }, (_, i) => i + 1).filter((n) => !some.includes(n) && !more.includes(n));
      expect(firstOf(left, 40)).toEqual(should);
      expect(countOf(left)).toBe(should.length);
      expect(should.every((n) => includes(left, n))).toBe(true);
    }),
  );
});
