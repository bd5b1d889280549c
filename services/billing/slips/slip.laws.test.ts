import fc from 'fast-check';
import { test } from 'vitest';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { lawsOf, RUNS, type LawStep as Steps } from '../../../shared/journal/laws.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { DAY, HOUR } from '../../../shared/time/clock.ts';
import { CONTEXT, WORDS } from '../accounts/testing.ts';
import { billingTable } from '../store.ts';
import * as slips from './decide.ts';
import type { SlipEvent } from './events.ts';
import { type Slip, type Status, slipType } from './slip.ts';

const PEOPLE: Actor[] = [
  { staff: 'li', roles: ['agent'], departments: [] },
  { staff: 'chen', roles: ['department-head'], departments: ['engineering'] },
  { staff: 'qian', roles: ['department-head'], departments: ['cleaning'] },
];
type Step = Steps<Slip, SlipEvent>;

const begin = fc.integer({ min: 0, max: 48 }).map(
  (hours): Step =>
    (on) =>
      slips.openSlip(on, {
        unit: 'unt_1',
        party: 'pty_1',
        building: 'A',
        service: 'pipe-repair',
        department: 'engineering',
        appointedAt: on.now + hours * HOUR,
      }),
);
const fen = fc.integer({ min: 1, max: 3 });
const byPeople: fc.Arbitrary<Step> = fc.oneof(
  fen.map(
    (n): Step =>
      (on) =>
        slips.confirmPrice(on, { fen: n, how: 'word', words: WORDS }),
  ),
  fc.nat(DAY).map(
    (ago): Step =>
      (on) =>
        slips.finish(on, on.now - ago),
  ),
  fen.map(
    (n): Step =>
      (on) =>
        slips.enterAmount(on, n),
  ),
  fen.map(
    (n): Step =>
      (on) =>
        slips.correctAmount(on, n),
  ),
  fc.constant<Step>((on) => slips.sign(on, { how: 'signature', photo: 'a'.repeat(64) })),
  fc.constant<Step>((on) => slips.cancel(on, { reason: 'owner', words: WORDS })),
);
const charged: Step = (on) =>
  slips.charged(on.state, { account: 'acc_1-1', bill: 'service/2026-04-01.slp_1', dueDay: '2026-04-01' });

/** The slip is engineering's: no head of another department does anything on it. */
const ofDepartment =
  (step: Step): Step =>
  (on) => {
    const answer = step(on);
    if (on.actor.staff === 'qian' && !(answer instanceof Refusal)) throw new Error('done by another department');
    return answer;
  };

/** An unfinished slip always owes exactly what comes next. */
const OWES: Record<Status, readonly string[]> = {
  opened: ['price', 'work'],
  priced: ['work'],
  done: ['amount'],
  entered: ['sign'],
  signed: ['charge'],
  charged: [],
  cancelled: [],
};

test('the laws hold whatever becomes of a slip, and no other department has a hand in it', async () => {
  const life = { type: slipType, table: billingTable, people: PEOPLE, context: CONTEXT, longest: DAY };
  const steps = fc.oneof({ arbitrary: byPeople.map(ofDepartment), weight: 6 }, fc.constant(charged));
  const owes = ({ status }: Slip) => OWES[status];
  await fc.assert(lawsOf({ ...life, begin, steps, owes }), RUNS);
});
