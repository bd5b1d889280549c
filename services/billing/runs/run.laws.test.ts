import fc from 'fast-check';
import { test } from 'vitest';
import { lawsOf, RUNS, type LawStep as Steps } from '../../../shared/journal/laws.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { HOUR } from '../../../shared/time/clock.ts';
import { CONTEXT, WORDS } from '../accounts/testing.ts';
import { billingTable } from '../store.ts';
import { cancel, issue, noticed, partDone } from './decide.ts';
import type { RunPart } from './part.ts';
import { type Run, type RunEvent, runType } from './run.ts';
import { NOTHING } from './tally.ts';
import { runWake } from './wake.ts';

const PEOPLE: Actor[] = [{ staff: 'sun', roles: ['centre-manager'], departments: [] }];
type Step = Steps<Run, RunEvent>;

const stretches = ['A', 'B', 'C'].map((name) => ({ first: name, last: name, buildings: 1, units: 100 }));
const issued: Step = ({ state, now, context }) => issue({ state, now, context }, { period: '2026-11', stretches });
const done =
  (part: number): Step =>
  ({ state }) => {
    const of = { run: 'run_2026-11', part, round: state?.round ?? 1, since: 1, stretch: stretches[part] } as RunPart;
    return partDone(state, { ...of, done: true, totals: { ...NOTHING, units: 100 }, owed: [] });
  };
const told =
  (last: boolean): Step =>
  ({ state }) => {
    const { round = 1, noticed: from, notices = 0 } = state ?? {};
    return noticed(state, { round, from, after: `pty_${notices}`, notices: 1, last });
  };
const STEPS: Step[] = [issued, (on) => cancel(on, WORDS), ...[0, 1, 2].map(done), told(false), told(true)];

test('the laws hold whatever happens to a run, told again by its clock or not', async () => {
  const life = { type: runType, table: billingTable, people: PEOPLE, context: CONTEXT, longest: 9 * HOUR };
  const owes = ({ status }: Run) => (status === 'issued' ? [] : ['issue']);
  const wake = runWake(async () => {});
  await fc.assert(lawsOf({ ...life, owes, wake, begin: fc.constant(issued), steps: fc.constantFrom(...STEPS) }), RUNS);
});
