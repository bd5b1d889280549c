import fc from 'fast-check';
import { test } from 'vitest';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { lawsOf, RUNS, type LawStep as Steps } from '../../../shared/journal/laws.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { addDays, DAY, localDay } from '../../../shared/time/clock.ts';
import { CONTEXT, WORDS, ZONE } from '../accounts/testing.ts';
import { billingTable } from '../store.ts';
import {
  askExemption,
  decideExemption,
  type Exemption,
  type ExemptionEvent,
  endExemption,
  exemptionType,
} from './exemption.ts';

/** Wu's sign-in was changed a moment before: nothing that takes two is theirs. */
const PEOPLE: Actor[] = [
  { staff: 'wu', roles: ['centre-manager'], departments: [], signInSince: Date.UTC(2099, 0) },
  { staff: 'li', roles: ['agent'], departments: [] },
  { staff: 'sun', roles: ['centre-manager'], departments: [] },
];
type Step = Steps<Exemption, ExemptionEvent>;

const asked: Step = (on) => {
  const from = localDay(on.now, ZONE);
  return askExemption(on, {
    unit: 'unt_1',
    item: 'management',
    percent: 10,
    from,
    to: addDays(from, 90),
    words: WORDS,
  });
};
/** Two people, each whom their sign-in says for a while. */
const byTwo =
  (step: Step): Step =>
  (on) => {
    const answer = step(on);
    const done = !(answer instanceof Refusal) && answer.length > 0;
    if (done && (on.actor.staff === 'wu' || on.actor.staff === on.state?.askedBy)) throw new Error('not by two');
    return answer;
  };

const STEPS: Step[] = [
  byTwo((on) => decideExemption(on, { agree: true, words: WORDS })),
  byTwo((on) => decideExemption(on, { agree: false, words: WORDS })),
  (on) => endExemption(on, { to: localDay(on.now, ZONE), words: WORDS }),
];

test('the laws hold whatever becomes of an exemption', async () => {
  const life = { type: exemptionType, table: billingTable, people: PEOPLE, context: CONTEXT, longest: 3 * DAY };
  await fc.assert(lawsOf({ ...life, begin: fc.constant(byTwo(asked)), steps: fc.constantFrom(...STEPS) }), RUNS);
});
