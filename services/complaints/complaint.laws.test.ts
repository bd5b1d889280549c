import fc from 'fast-check';
import { test } from 'vitest';
import { Refusal } from '../../shared/domain/refusal.ts';
import { lawsOf, RUNS, type LawStep as Steps } from '../../shared/journal/laws.ts';
import type { Actor } from '../../shared/people/access.ts';
import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import { HOUR, type Instant, MINUTE } from '../../shared/time/clock.ts';
import { type Complaint, complaintType, OWED } from './complaint.ts';
import * as loop from './decide.ts';
import type { ComplaintEvent } from './events.ts';
import { complaintsTable } from './store.ts';
import { registration, WORDS } from './testing.ts';

const CONTEXT = { zone: 'America/New_York', version: 0, policy: DEFAULT_POLICY };
const PEOPLE: Actor[] = [
  { staff: 'zhao', roles: ['supervisor'], departments: [] },
  { staff: 'sun', roles: ['centre-manager'], departments: [] },
  { staff: 'chen', roles: ['department-head'], departments: ['engineering'] },
  { staff: 'gu', roles: ['department-head'], departments: ['cleaning'] },
];
const ABOUT = [
  { kind: 'noise' },
  { kind: 'attitude', about: { staff: 'gu', contact: 'con_9' } },
  { kind: 'slowness', about: { staff: 'li' } },
] as const;

type Step = Steps<Complaint, ComplaintEvent>;

const registered =
  (about: (typeof ABOUT)[number]): Step =>
  ({ now }) => [registration(now, CONTEXT, about)];

/** What belongs to the department that has it, or to those above: a head of another never does it. */
const ofDepartment =
  (step: Step): Step =>
  (on) => {
    const answer = step(on);
    const { state, actor } = on;
    const foreign =
      actor.roles.every((role) => role === 'department-head') && !actor.departments.includes(state?.department ?? '');
    if (state && foreign && !(answer instanceof Refusal))
      throw new Error(`${actor.staff} did what is ${state.department}'s`);
    return answer;
  };

/** Some time before, with what shows it. */
const before = (now: Instant, ago: number) => ({ happenedAt: now - ago, evidence: WORDS });

const OF_DEPARTMENT: Step[] = [
  (on) => loop.accept(on, before(on.now, 10 * MINUTE)),
  (on) => loop.accept(on, { ...before(on.now, 3 * HOUR), spoken: { staff: 'chen', heads: ['engineering'] } }),
  (on) => loop.investigate(on, { findings: WORDS, ...before(on.now, HOUR) }),
  (on) => loop.resolve(on, { result: WORDS, ...before(on.now, 2 * HOUR) }),
  (on) => loop.accept(on, {}),
  (on) => loop.accept(on, { spoken: { staff: 'chen', heads: ['engineering'] } }),
  (on) => loop.investigate(on, { findings: WORDS }),
  (on) => loop.investigate(on, { findings: WORDS, upheld: true }),
  (on) => loop.investigate(on, { findings: WORDS, upheld: false }),
  (on) => loop.resolve(on, { result: WORDS }),
  (on) => loop.giveUp(on, { reason: WORDS }),
  (on) => loop.markImportant(on, { reason: WORDS }),
  (on) => loop.sign(on, { feedback: WORDS }),
];
const COMMANDS: Step[] = [
  (on) => loop.judge(on, { valid: true }, undefined),
  (on) => loop.judge(on, { valid: false, reason: 'withdrawn' }, WORDS),
  (on) => loop.secondLook(on, { agree: true, words: WORDS }),
  (on) => loop.secondLook(on, { agree: false, words: WORDS }),
  (on) => loop.assign(on, { department: 'cleaning' }),
  (on) => loop.decide(on, { decision: WORDS }),
  ...OF_DEPARTMENT.map(ofDepartment),
];

/** A callback about the last resolution or, late, about the one before. */
const calledBack = fc.record({ rating: fc.integer({ min: 1, max: 5 }), opinions: fc.nat(1), late: fc.nat(1) }).map(
  ({ late, ...heard }): Step =>
    (on) => {
      const ordinal = (on.state?.resolutions ?? 0) - late;
      return loop.callbackReached(on, { callback: 'cbk_1', ordinal, calledBy: 'wu', ...heard });
    },
);

const steps = fc.oneof({ arbitrary: fc.constantFrom(...COMMANDS), weight: 8 }, { arbitrary: calledBack, weight: 1 });

test('the laws hold whatever happens to a complaint, and no other department takes part in it', async () => {
  const begin = fc.constantFrom(...ABOUT).map(registered);
  const life = { type: complaintType, table: complaintsTable, people: PEOPLE, context: CONTEXT, begin, steps };
  await fc.assert(lawsOf({ ...life, owes: ({ status }) => OWED[status], longest: 12 * HOUR }), RUNS);
});
