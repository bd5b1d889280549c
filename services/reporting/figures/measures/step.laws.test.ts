import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../../../../shared/domain/refusal.ts';
import { execute, wakeUp } from '../../../../shared/journal/execute.ts';
import { NEVER, type PolicyOverrides } from '../../../../shared/policy/policy.ts';
import { contextAt, type PolicyContext } from '../../../../shared/policy/policy-context.ts';
import { runs } from '../../../../shared/testing/runs.ts';
import { SITE, siteInMemory } from '../../../../shared/testing/site.ts';
import { addDays, DAY, type Day, type Instant, localDay, MINUTE } from '../../../../shared/time/clock.ts';
import { close, reopen } from '../../../billing/accounts/close.ts';
import { adjust, charge, type NewEvents, pay, reverse, type Situation } from '../../../billing/accounts/decide.ts';
import { onPolicySet } from '../../../billing/accounts/ladder/on-policy-set.ts';
import { type ProofState, proofOf } from '../../../billing/accounts/ladder/proof.ts';
import { call, letterDone, recorded } from '../../../billing/accounts/ladder/steps.ts';
import { refund } from '../../../billing/accounts/refund.ts';
import { accountsIn, readLedger } from '../../../billing/accounts/store.ts';
import { at, bill, WORDS, ZONE } from '../../../billing/accounts/testing.ts';
import { askHold, askWaiver, decideHold, decideWaiver, release } from '../../../billing/accounts/two-people.ts';
import { billingTable } from '../../../billing/store.ts';
import { caseOutcomesOf, mergeFacts } from '../row.ts';
import { project } from './index.ts';
import type { Seen, State } from './measure.ts';

const ID = 'acc_1-1';
const START = at('2026-11-01', '08:00');
/** Soon before and after the moments at which steps are decided, and at night. */
const TIMES = [30, 8 * 60 + 59, 9 * 60, 9 * 60 + 1, 10 * 60 + 1, 20 * 60];
const LADDERS: PolicyOverrides[] = [
  {},
  { dunFriendlyDays: NEVER },
  { dunFriendlyDays: 3, dunReminderDays: 5 },
  { dunReminderDays: 2, dunSecondNoticeDays: 4, dunDemandDays: 9 },
  { dunMinute: 600 },
  { dunMinute: 480, dunSecondNoticeDays: 2, dunReminderDays: 10 },
];
const DEEDS = [
  ...['charge', 'pay', 'pay-part', 'reverse', 'waive', 'agree', 'adjust', 'hold', 'agree', 'release', 'close'],
  ...['reopen', 'refund', 'mailed', 'called', 'wakesUp', 'wakesUp', 'wakesUp', 'policy', 'policy-ahead'],
] as const;
const moves = fc.array(
  fc.record({
    what: fc.constantFrom(...DEEDS),
    days: fc.constantFrom(0, 0, 0, 1, 1, 2, 5, 9),
    minute: fc.constantFrom(...TIMES),
    pick: fc.nat(20),
  }),
  { minLength: 4, maxLength: 25, size: 'max' },
);
type Move = { what: (typeof DEEDS)[number]; days: number; minute: number; pick: number };

/** What is done to an account, through the code that runs commands; the clock comes by only where a move says so. */
const journalOf = async (history: readonly Move[]) => {
  const site = await siteInMemory(billingTable, {}, START);
  const accounts = accountsIn(site.tables, site.deps);
  await site.setPolicy({}, 0);
  let now = START;
  const does = async (n: number, decide: (on: Situation) => NewEvents) => {
    const context: PolicyContext = await contextAt(site.deps.policies, SITE, now);
    const actor = { staff: `stf_${n % 2}`, roles: [], departments: [] };
    const idempotencyKey = { scope: `move-${n}`, body: '' };
    const how = { site: SITE, id: ID, now, by: actor.staff, idempotencyKey };
    await execute(accounts, {
      ...how,
      decide: (state) => {
        const events = decide({ state, actor, now, context });
        return events instanceof Refusal ? events : { events };
      },
    }).catch((error) => {
      if (!(error instanceof Refusal)) throw error;
    });
  };
  const deed = async ({ what, pick }: Move, n: number): Promise<void> => {
    const { state } = await accounts.head(SITE, ID);
    const known = await readLedger(accounts, SITE, ID);
    const debt = state?.debts[pick % Math.max(1, state.debts.length)];
    const [asked] = Object.keys(state?.asked ?? {});
    const [hold] = Object.keys(state?.holds ?? {});
    const today = localDay(now, ZONE);
    switch (what) {
      case 'charge': {
        const bills = [bill(1_000 + pick, { period: `p${n}`, dueDay: addDays(today, (pick % 4) * 4 - 8) })];
        return does(n, (on) => charge(on, { unit: 'unt_1', party: 'pty_1', building: 'A', bills }));
      }
      case 'pay':
        return does(n, (on) => pay(on, { payment: `pay_${n}`, method: 'cash', fen: 900_000 }));
      case 'pay-part':
        return does(n, (on) => pay(on, { payment: `pay_${n}`, method: 'cash', fen: 900 }));
      case 'reverse':
        return does(n, (on) => reverse(on, [...known.payments.keys()].at(-1 - (pick % 2)) ?? '', WORDS, known));
      case 'waive':
        return does(n, (on) => askWaiver(on, { waiver: `w${n}`, bill: debt?.bill ?? '', fen: 900, words: WORDS }));
      case 'adjust': {
        const name = [...known.bills.keys()][pick % Math.max(1, known.bills.size)] ?? '';
        return does(n, (on) => adjust(on, { bill: name, fen: pick % 3 ? -1_000 : 500, words: WORDS }, known));
      }
      case 'hold': {
        const wanted = { hold: `h${n}`, until: addDays(today, pick % 9), words: WORDS };
        return does(n, (on) => askHold(on, { ...wanted, kind: pick % 2 ? 'promise' : 'dispute' }));
      }
      case 'agree': {
        const agreed = { agree: true, words: WORDS };
        return does(n, (on) =>
          state?.asked[asked ?? '']?.duty === 'hold'
            ? decideHold(on, { ...agreed, hold: asked ?? '' })
            : decideWaiver(on, { ...agreed, waiver: asked ?? '' }),
        );
      }
      case 'release':
        return does(n, (on) => release(on, hold ?? '', 'withdrawn'));
      case 'close':
        return does(n, (on) => close(on, today));
      case 'reopen':
        return does(n, (on) => reopen(on));
      case 'refund':
        return does(n, (on) =>
          refund(
            on,
            { refund: `r${n}`, fen: 10, method: 'cash', words: WORDS },
            { ledger: known, invoiced: new Set() },
          ),
        );
      case 'mailed':
        return does(n, (on) => letterDone(on, on.state?.steps ?? [], 'email', { at: now, letter: `let_${n}` }, []));
      case 'called': {
        const [step] = state?.steps ?? [];
        if (step?.channels.includes('review')) {
          return does(n, (on) => recorded.review(on, { outcome: 'wait', words: WORDS }));
        }
        return does(n, (on) => call(on, { outcome: 'reached', calledAt: now, message: false }));
      }
      case 'policy':
      case 'policy-ahead': {
        await site.setPolicy(
          LADDERS[pick % LADDERS.length] ?? {},
          what === 'policy' ? now : now + (1 + pick) * 7_000_000,
        );
        // What was read a minute ago is read anew, and every account is looked at.
        site.now = now += MINUTE + 1;
        const deps = { ...site.deps, accounts, freshPolicies: () => site.deps.policies };
        return onPolicySet.handle({ site: SITE } as never, deps);
      }
      default:
        await wakeUp(accounts, { site: SITE, id: ID, now });
    }
  };
  for (const [n, move] of [{ what: 'charge', days: 0, minute: 480, pick: 3 } as Move, ...history].entries()) {
    const day = addDays(localDay(now, ZONE), move.days);
    site.now = now = Math.max(now + 1, at(day, '00:00') + move.minute * MINUTE);
    await deed(move, n);
  }
  site.now = now += 2 * DAY;
  await wakeUp(accounts, { site: SITE, id: ID, now });
  const events = await accounts.whole(SITE, ID);
  return { events, now, timeline: await site.deps.policies.since(SITE, 0) };
};

const PROVEN: Record<State, ProofState[]> = {
  met: ['carried-out', 'settled'],
  missed: ['missed'],
  running: ['running'],
  excluded: ['held'],
};

/** What Q5 counts, by day: the step and how it stands. */
const counted = (events: readonly Seen[]): { on: Day; name: string; state: State }[] =>
  [
    ...mergeFacts(
      SITE,
      events.flatMap((event) => project(event, ZONE)),
    ).values(),
  ].flatMap((row) =>
    caseOutcomesOf(row)
      .filter(({ measure }) => measure === 'Q5')
      .map(({ day, state }) => ({ on: day, name: String(row.key.ordinal), state })),
  );

/** A policy of the same day puts a higher rung in the place of one that has just fallen due: it was missed before the day is over. */
const SUPERSEDED_TODAY: Move[] = [
  { what: 'charge', days: 0, minute: 30, pick: 0 },
  { what: 'charge', days: 0, minute: 540, pick: 0 },
  { what: 'policy', days: 0, minute: 30, pick: 3 },
  ...Array.from({ length: 4 }, (): Move => ({ what: 'charge', days: 0, minute: 30, pick: 0 })),
];

test('law: the proof of a day is what Q5 counts of it, whatever is done between the moment and the clock, and whatever the policy was', async () => {
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(moves, async (history) => {
      const { events, now, timeline } = await journalOf(history);
      const rows = counted(events as unknown as Seen[]);
      const last = localDay(now, ZONE);
      for (let day = localDay(START, ZONE); day <= last; day = addDays(day, 1)) {
        const proof = proofOf(events, day, { timeline, zone: ZONE, now: now as Instant });
        const proven = (proof?.steps ?? []).map(({ dueDay, rung, state }) => [`${dueDay}.${rung}.${day}`, state]);
        const should = rows.filter(({ on }) => on === day);
        expect(proven.map(([name]) => name).sort()).toEqual(should.map(({ name }) => name).sort());
        for (const { name, state } of should) {
          expect(PROVEN[state]).toContain(proven.find(([one]) => one === name)?.[1]);
        }
        expect(proof?.gaps.map(({ why }) => why) ?? []).not.toContain('not-decided');
        steps += should.length;
      }
    }),
    { ...runs(40), examples: [[SUPERSEDED_TODAY]] },
  );
  expect(steps).toBeGreaterThan(100);
}, 60_000);
