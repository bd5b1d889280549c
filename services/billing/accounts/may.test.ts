import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../../../shared/domain/refusal.ts';
import type { May } from '../../../shared/journal/decision.ts';
import { RUNS } from '../../../shared/journal/laws.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { addDays, DAY, localDay } from '../../../shared/time/clock.ts';
import type { Account } from './account.ts';
import { correct, decideCorrection, decidePayment, decideRefund, giveBack, take } from './corrections.ts';
import type { NewEvents, Situation } from './decide.ts';
import { call, recorded, sendLetters } from './ladder/steps.ts';
import type { Ledger } from './ledger/ledger.ts';
import { HOLD_KINDS } from './terms.ts';
import { accountInHand, at, bill, contextWith, WORDS, ZONE } from './testing.ts';
import { askHold, askWaiver, decideHold, decideWaiver, endHold, serviceComplained } from './two-people.ts';

/** Little is left to one person, so that much is asked for. */
const CONTEXT = contextWith({
  lateChargePerMillion: 400,
  openRequestsMost: 2,
  holdRenewals: 0,
  backdateLateFen: 0,
  adjustAloneFen: 0,
  refundAloneFen: 0,
  dunVisitDays: 45,
});

const people = (now: number): Actor[] => [
  { staff: 'li', roles: ['agent'], departments: [] },
  { staff: 'zhao', roles: ['centre-manager'], departments: [] },
  { staff: 'wu', roles: ['centre-manager'], departments: [], signInSince: now },
];

type Duty = Account['asked'][string]['duty'];
/** One that waits for another person than who acts, where there is one. */
const asked = ({ state, actor }: Situation, duty: Duty): string => {
  const waiting = Object.entries(state?.asked ?? {}).filter(([, one]) => one.duty === duty);
  return (waiting.find(([, { by }]) => by !== actor.staff) ?? waiting[0])?.[0] ?? 'none';
};
const kindLeft = ({ state }: Situation) => HOLD_KINDS.find((kind) => !state?.agreed?.[kind]) ?? 'dispute';
const today = (now: number) => localDay(now, ZONE);
const known = (ledger: Ledger) => ({ ledger, invoiced: new Set<string>() });

interface Command {
  may: May<Account>;
  /** Said rightly. */
  said(on: Situation, id: string, ledger: Ledger): NewEvents;
}
const NO = { agree: false, words: WORDS };
const COMMANDS: Record<string, Command> = {
  payments: { may: take.may, said: (on, payment) => take(on, { payment, method: 'cash', fen: 1 }) },
  'payments/decide': {
    may: decidePayment.may,
    said: (on) => decidePayment(on, { payment: asked(on, 'payment'), ...NO }),
  },
  'adjustments/decide': {
    may: decideCorrection.may,
    said: (on, _, ledger) => decideCorrection(on, { adjustment: asked(on, 'adjustment'), ...NO }, ledger),
  },
  'refunds/decide': {
    may: decideRefund.may,
    said: (on, _, ledger) => decideRefund(on, { refund: asked(on, 'refund'), ...NO }, known(ledger)),
  },
  waivers: {
    may: askWaiver.may,
    said: (on, waiver) => askWaiver(on, { waiver, bill: on.state?.debts[0]?.bill ?? '', fen: 1, words: WORDS }),
  },
  'waivers/decide': { may: decideWaiver.may, said: (on) => decideWaiver(on, { waiver: asked(on, 'waiver'), ...NO }) },
  holds: {
    may: askHold.may,
    said: (on, hold) => askHold(on, { hold, kind: kindLeft(on), until: today(on.now), words: WORDS }),
  },
  'holds/decide': { may: decideHold.may, said: (on) => decideHold(on, { hold: asked(on, 'hold'), ...NO }) },
  'holds/end': { may: endHold.may, said: (on) => endHold(on, Object.keys(on.state?.holds ?? {})[0] ?? 'none') },
  calls: { may: call.may, said: (on) => call(on, { outcome: 'reached', calledAt: on.now, message: false }) },
  visits: { may: recorded.visit.may, said: (on) => recorded.visit(on, { outcome: 'met', words: WORDS }) },
  letters: { may: sendLetters.may, said: (on) => sendLetters(on, WORDS) },
  review: { may: recorded.review.may, said: (on) => recorded.review(on, { outcome: 'wait', words: WORDS }) },
};
/** What the ledger has to say of too: whether one person may is no more known beforehand. */
const BY_LEDGER: Record<string, Command> = {
  adjustments: {
    may: correct.may,
    said: (on, adjustment, ledger) =>
      correct(on, { adjustment, bill: [...ledger.bills.keys()][0] ?? '', fen: 1, words: WORDS }, ledger),
  },
  refunds: {
    may: giveBack.may,
    said: (on, refund, ledger) => giveBack(on, { refund, fen: 1, method: 'cash', words: WORDS }, known(ledger)),
  },
};

const codeOf = (answer: unknown) => (answer instanceof Refusal ? answer.code : undefined);

/** What may be done, as it is said beforehand and as it is decided; the same. */
const mayDo = (on: Omit<Situation, 'actor'>, ledger: Ledger) =>
  Object.fromEntries(
    people(on.now).map((actor) => {
      const all = Object.entries(actor.staff === 'wu' ? COMMANDS : { ...COMMANDS, ...BY_LEDGER });
      const before = all.map(([name, { may }]) => [name, codeOf(may({ ...on, actor }))]);
      const decided = all.map(([name, { said }]) => [name, codeOf(said({ ...on, actor }, 'new', ledger))]);
      expect([actor.staff, before]).toEqual([actor.staff, decided]);
      return [actor.staff, Object.fromEntries(before) as Record<string, string | undefined>];
    }),
  );

const ago = ({ now }: Situation, days: number) => addDays(today(now), -days);
const STEPS: ((on: Situation, id: string, ledger: Ledger) => NewEvents)[] = [
  ...Object.values(COMMANDS).map(({ said }) => said),
  ...Object.values(BY_LEDGER).map(({ said }) => said),
  (on) => decideHold(on, { hold: asked(on, 'hold'), agree: true, words: WORDS }),
  (on) => decidePayment(on, { payment: asked(on, 'payment'), agree: true, words: WORDS }),
  (on, payment) => take(on, { payment, method: 'transfer', fen: 40_000, paidOn: ago(on, 20) }),
  (on, payment) => take(on, { payment, method: 'transfer', fen: 40_000 }),
  (on, complaint) => serviceComplained(on, complaint),
];

test('what an account says may be done is what is then decided, whatever was done before', () => {
  const moves = fc.array(
    fc.record({
      step: fc.nat(STEPS.length - 1),
      days: fc.oneof(fc.nat(2), fc.nat(30)),
      who: fc.constantFrom('li', 'zhao'),
      bills: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  );
  fc.assert(
    fc.property(moves, (history) => {
      const account = accountInHand(CONTEXT);
      let now = at('2026-11-01');
      account.charged(now, bill(25_399));
      for (const [i, { step, days, who, bills }] of history.entries()) {
        now += days * DAY;
        if (bills) account.charged(now, bill(9_000, { period: `p${i}`, dueDay: today(now) }));
        // What had fallen due is decided first.
        account.does(now, () => []);
        const answer = STEPS[step]?.(
          { state: account.state, actor: { staff: who, roles: ['agent'], departments: [] }, now, context: CONTEXT },
          `x${i}`,
          account.ledger,
        );
        if (!(answer instanceof Refusal)) account.does(now, () => answer ?? [], who);
        mayDo({ state: account.state, now, context: CONTEXT }, account.ledger);
      }
    }),
    RUNS,
  );
});

test('who asked does not decide; what waits for another is open to them', () => {
  const account = accountInHand(CONTEXT);
  const now = at('2026-11-01');
  const may = () => mayDo({ state: account.state, now, context: CONTEXT }, account.ledger);
  expect(mayDo({ state: undefined, now, context: CONTEXT }, account.ledger).zhao?.['holds/end']).toBe(
    'request.not-found',
  );
  account.charged(now, bill(25_399));
  expect(may().zhao).toMatchObject({
    waivers: undefined,
    'waivers/decide': 'request.not-found',
    refunds: 'account.not-prepaid',
  });
  const asks = (waiver: string, staff: string) =>
    account.does(now, (on) => askWaiver(on, { waiver, bill: 'management/2026-11', fen: 1, words: WORDS }), staff);
  asks('w1', 'li');
  expect(may()).toMatchObject({
    li: { waivers: undefined, 'waivers/decide': 'account.second-person' },
    zhao: { 'waivers/decide': undefined },
    wu: { waivers: 'second-person.new-sign-in', 'waivers/decide': 'second-person.new-sign-in' },
  });
  asks('w2', 'zhao');
  expect(may()).toMatchObject({
    li: { waivers: 'account.requests-most', holds: 'account.requests-most', 'waivers/decide': undefined },
    zhao: { 'waivers/decide': undefined, calls: 'account.no-step' },
  });
});

test('a hold can be ended while it lasts, and is asked for as often as the policy allows', () => {
  const account = accountInHand(CONTEXT);
  account.charged(at('2026-11-01'), bill(25_399));
  const now = at('2026-11-20');
  const may = () => mayDo({ state: account.state, now, context: CONTEXT }, account.ledger).li;
  for (const kind of HOLD_KINDS) {
    expect(may()?.holds).toBeUndefined();
    account.does(now, (on) => askHold(on, { hold: kind, kind, until: '2026-11-25', words: WORDS }));
    account.does(now, (on) => decideHold(on, { hold: kind, agree: true, words: WORDS }), 'zhao');
  }
  expect(may()).toMatchObject({ 'holds/end': undefined, holds: 'account.renewed-enough' });
});
