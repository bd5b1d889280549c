import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lawsOf, RUNS, type LawStep as Steps } from '../../../shared/journal/laws.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { addDays, DAY, localDay } from '../../../shared/time/clock.ts';
import { billingTable } from '../store.ts';
import type { Account } from './account.ts';
import { accountType } from './aggregate.ts';
import { close, reopen } from './close.ts';
import { complete } from './complete.ts';
import { correct, decideCorrection, decidePayment, decideRefund, giveBack, take } from './corrections.ts';
import { adjust, charge, pay, reverse } from './decide.ts';
import type { AccountEvent } from './events.ts';
import { dun } from './ladder/dun.ts';
import { call, letterDone, recorded, sendLetters } from './ladder/steps.ts';
import { allocate } from './ledger/allocate.ts';
import { ledgerDifference } from './ledger/ledger.ts';
import { refund } from './refund.ts';
import { accountInHand, always, bill, CONTEXT, contextWith, WORDS } from './testing.ts';
import {
  askHold,
  askWaiver,
  decideHold,
  decideWaiver,
  release,
  serviceComplained,
  serviceSettled,
} from './two-people.ts';

const PEOPLE: Actor[] = [
  { staff: 'li', roles: ['agent'], departments: [] },
  { staff: 'zhao', roles: ['supervisor'], departments: [] },
];
type Step = Steps<Account, AccountEvent>;

let serial = 0;
const charged: Step = (on) => {
  const period = `p${serial++}`;
  const dueDay = addDays(localDay(on.now, CONTEXT.zone), 9);
  const bills = [bill(25_399, { period, dueDay }), bill(3_000, { item: 'parking', period, dueDay })];
  return charge(on, { unit: 'unt_1', party: 'pty_1', building: 'A', bills });
};
const daysAgo = ({ now }: Parameters<Step>[0], days: number) => addDays(localDay(now, CONTEXT.zone), -days);
const someBill = ({ state }: Parameters<Step>[0]) => state?.debts[0]?.bill ?? 'none/none';
const someHold = (on: Parameters<Step>[0]) => Object.keys(on.state?.holds ?? {})[0] ?? 'none';
const someAsked = (on: Parameters<Step>[0]) => Object.keys(on.state?.asked ?? {})[0] ?? 'none';
const STEPS: Step[] = [
  charged,
  (on) => pay(on, { payment: `pay_${serial++}`, method: 'cash', fen: 20_000 }),
  (on) => pay(on, { payment: `pay_${serial++}`, method: 'transfer', fen: 90_000 }),
  (on) => askWaiver(on, { waiver: `w${serial++}`, bill: someBill(on), fen: 500, words: WORDS }),
  (on) => decideWaiver(on, { waiver: someAsked(on), agree: true, words: WORDS }),
  (on) =>
    askHold(on, {
      hold: `h${serial++}`,
      kind: 'promise',
      until: localDay(on.now + 5 * DAY, CONTEXT.zone),
      words: WORDS,
    }),
  (on) => decideHold(on, { hold: someAsked(on), agree: true, words: WORDS }),
  (on) => release(on, someHold(on), 'withdrawn'),
  (on) => letterDone(on, on.state?.steps ?? [], 'email', { at: on.now, letter: 'let_1' }, []),
  (on) => letterDone(on, on.state?.steps ?? [], 'letter', { at: on.now, letter: 'let_1', arrived: true }, []),
  (on) => call(on, { outcome: 'reached', calledAt: on.now, message: false }),
  (on) => call(on, { outcome: 'no-answer', calledAt: on.now, message: true }),
  (on) => recorded.review(on, { outcome: 'wait', words: WORDS }),
  (on) => take(on, { payment: `pay_${serial++}`, method: 'cash', fen: 30_000, paidOn: daysAgo(on, 20) }),
  (on) => decidePayment(on, { payment: someAsked(on), agree: true, words: WORDS }),
  (on) => serviceComplained(on, `cmp_${serial++}`),
  (on) => serviceSettled(on, on.state?.complaints?.[0] ?? 'none'),
  (on) => sendLetters(on, WORDS),
  (on) => close(on, localDay(on.now, CONTEXT.zone)),
  (on) => reopen(on),
];

test('the laws hold whatever happens to an account, woken by its clock or not', async () => {
  const life = { type: accountType, table: billingTable, people: PEOPLE, context: CONTEXT, longest: 9 * DAY };
  const fallsDue = async (_: string, state: Account, now: number) => {
    const steps = dun(state, now, always(CONTEXT), CONTEXT.zone);
    if (steps.length > 0) return complete(state, steps, now, CONTEXT);
    return state.wake !== undefined && state.wake <= now
      ? complete(state, [{ name: 'account.rescheduled', data: {} }], now, CONTEXT)
      : [];
  };
  const begin = fc.constant(charged);
  await fc.assert(lawsOf({ ...life, fallsDue, begin, steps: fc.constantFrom(...STEPS) }), RUNS);
});

test('the head is the sum of the ledger, whatever money does, reversals and corrections included', () => {
  const context = contextWith({ lateChargePerMillion: 400 });
  const moves = fc.array(
    fc.record({
      what: fc.constantFrom(
        'charge',
        'pay',
        'reverse',
        'adjust',
        'waive',
        'refund',
        'give-back',
        'correct',
        'backdate',
        'close',
        'reopen',
      ),
      fen: fc.integer({ min: 1, max: 60_000 }),
      days: fc.nat(20),
      pick: fc.nat(20),
    }),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(moves, (history) => {
      const account = accountInHand(context);
      let now = Date.UTC(2026, 10, 1);
      account.charged(now, bill(25_399));
      for (const [i, { what, fen, days, pick }] of history.entries()) {
        now += days * DAY;
        const payments = [...account.ledger.payments.keys()];
        const bills = [...account.ledger.bills.keys()];
        const some = <T>(all: T[]) => all[pick % Math.max(all.length, 1)] as T;
        try {
          if (what === 'charge') account.charged(now, bill(fen, { period: `p${i}`, dueDay: localDay(now, 'UTC') }));
          if (what === 'pay') account.does(now, (on) => pay(on, { payment: `pay_${i}`, method: 'cash', fen }));
          if (what === 'reverse') account.does(now, (on) => reverse(on, some(payments), WORDS, account.ledger));
          if (what === 'adjust')
            account.does(now, (on) =>
              adjust(on, { bill: some(bills), fen: fen - 30_000, words: WORDS }, account.ledger),
            );
          if (what === 'waive') {
            account.does(now, (on) =>
              askWaiver(on, { waiver: `w${i}`, bill: some(bills), fen: 1 + (fen % 900), words: WORDS }),
            );
            account.does(now, (on) => decideWaiver(on, { waiver: `w${i}`, agree: true, words: WORDS }), 'zhao');
          }
          if (what === 'correct') {
            const correction = { adjustment: `a${i}`, bill: some(bills), fen: fen - 30_000, words: WORDS };
            account.does(now, (on) => correct(on, correction, account.ledger));
            const { adjustment } = correction;
            if (!account.state.asked[adjustment]) continue;
            account.does(
              now,
              (on) => decideCorrection(on, { adjustment, agree: true, words: WORDS }, account.ledger),
              'zhao',
            );
          }
          if (what === 'backdate') {
            const payment = `pay_${i}`;
            const paidOn = addDays(localDay(now, 'UTC'), -days);
            account.does(now, (on) => take(on, { payment, method: 'transfer', fen, paidOn }));
            if (account.state.asked[payment])
              account.does(now, (on) => decidePayment(on, { payment, agree: true, words: WORDS }), 'zhao');
          }
          if (what === 'close') account.does(now, (on) => close(on, localDay(now, 'UTC')));
          if (what === 'reopen') account.does(now, (on) => reopen(on));
          if (what === 'refund')
            account.does(now, (on) => {
              const known = { ledger: account.ledger, invoiced: new Set<string>() };
              return refund(on, { refund: `r${i}`, fen, method: 'cash', words: WORDS }, known);
            });
          if (what === 'give-back') {
            const known = () => ({ ledger: account.ledger, invoiced: new Set<string>() });
            const wanted = { refund: `g${i}`, fen, method: 'cash' as const, words: WORDS };
            account.does(now, (on) => giveBack(on, wanted, known()));
            if (!account.state.asked[wanted.refund]) continue;
            const decided = { refund: wanted.refund, agree: pick % 3 > 0, words: WORDS };
            account.does(now, (on) => decideRefund(on, decided, known()), 'zhao');
            expect(account.state.asked[wanted.refund]).toBeUndefined();
          }
        } catch (error) {
          if (!(error instanceof Error) || error.name !== 'Refusal') throw error;
        }
        expect(ledgerDifference(account.state, account.ledger.entries)).toBe(0);
        expect(account.state.creditFen).toBeGreaterThanOrEqual(0);
        // Nobody is in arrears whose prepaid money would pay for it.
        expect(Math.min(account.state.creditFen, account.state.debts.length)).toBe(0);
        for (const { bill: name, openFen, lateFen, fen: billed } of account.state.debts) {
          const worth = ['charge', 'discount', 'adjustment'];
          const lines = account.ledger.entries.filter(({ bill: of, kind }) => of === name && worth.includes(kind));
          expect(openFen).toBeLessThanOrEqual(lines.reduce((sum, { owedFen }) => sum + owedFen, 0));
          expect(Math.min(openFen, lateFen)).toBeGreaterThanOrEqual(0);
          expect(lateFen).toBeLessThanOrEqual(Math.max(billed, openFen));
          const late = account.ledger.entries.filter(({ bill: of, kind }) => of === name && kind === 'late');
          const charges = lines.filter(({ owedFen }) => owedFen > 0);
          const sum = (some: typeof lines) => some.reduce((total, { owedFen }) => total + owedFen, 0);
          expect(sum(late)).toBeLessThanOrEqual(sum(charges));
        }
      }
    }),
    RUNS,
  );
});

test('an allocation is exact: it adds up, and nothing gets more than is open', () => {
  const debts = fc.array(fc.record({ fen: fc.integer({ min: 1, max: 9_999 }), late: fc.nat(500), day: fc.nat(5) }), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(debts, fc.integer({ min: 1, max: 40_000 }), (some, fen) => {
      const open = some.map(({ fen: openFen, late: lateFen, day }, i) => ({
        ...bill(openFen, { period: `p${i}`, dueDay: `2026-11-1${day}` }),
        openFen,
        lateFen,
      }));
      const { allocations, rest } = allocate(open, fen, { day: '2026-11-12' });
      expect(allocations.reduce((sum, one) => sum + one.fen, rest)).toBe(fen);
      const left = open.reduce((sum, { openFen, lateFen }) => sum + openFen + lateFen, 0);
      expect(rest).toBe(Math.max(0, fen - left));
      for (const { bill: name, part, fen: share } of allocations) {
        const debt = open.find((one) => one.bill === name);
        expect(share).toBeLessThanOrEqual((part === 'late' ? debt?.lateFen : debt?.openFen) ?? 0);
      }
    }),
  );
});
