import fc from 'fast-check';
import { test } from 'vitest';
import type { Actor } from '../../../shared/access.ts';
import { addDays, DAY, localDay } from '../../../shared/clock.ts';
import { lawsOf, RUNS, type Step as Steps } from '../../../shared/journal/laws.ts';
import { GROUND, WORDS, ZONE } from '../accounts/testing.ts';
import { billingTable } from '../store.ts';
import {
  askExemption,
  decideExemption,
  type Exemption,
  type ExemptionEvent,
  endExemption,
  exemptionType,
} from './exemption.ts';

const PEOPLE: Actor[] = [
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
const STEPS: Step[] = [
  (on) => decideExemption(on, { agree: true, words: WORDS }),
  (on) => decideExemption(on, { agree: false, words: WORDS }),
  (on) => endExemption(on, { to: localDay(on.now, ZONE), words: WORDS }),
];

test('the laws hold whatever becomes of an exemption', async () => {
  const life = { type: exemptionType, table: billingTable, people: PEOPLE, ground: GROUND, longest: 3 * DAY };
  await fc.assert(lawsOf({ ...life, begin: fc.constant(asked), steps: fc.constantFrom(...STEPS) }), RUNS);
});
