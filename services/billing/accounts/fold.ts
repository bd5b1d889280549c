import type { Recorded } from '../../../shared/domain/events.ts';
import { type Obligation, tookRung, without, withoutOne } from '../../../shared/domain/obligation.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import type { Account, BillFacts, Hold, OpenBill } from './account.ts';
import type { AccountEvent } from './events.ts';
import { changeLadder, passed, withoutKey } from './fold-ladder.ts';
import { claims, inOrder, settled, stepName } from './ledger/debts.ts';
import { REMEMBERED } from './terms.ts';

const asDebt = (bill: BillFacts): OpenBill => ({ ...bill, openFen: bill.fen, lateFen: 0 });

/** Ladders of due days on which nothing is open any more are forgotten; a reversal brings them back from the journal. */
const keptLadders = ({ debts, ladders, steps }: Account) =>
  Object.fromEntries(
    Object.entries(ladders).filter(
      ([day]) => debts.some(({ dueDay }) => dueDay === day) || steps.some(({ dueDay }) => dueDay === day),
    ),
  );

/** Promises run on, and count as agreed before, also where their count had begun anew. */
const resuming = ({ holds, agreed }: Account, resumed: readonly (Omit<Hold, 'kind'> & { hold: string })[]) => ({
  holds: {
    ...holds,
    ...Object.fromEntries(resumed.map(({ hold, ...lasting }) => [hold, { kind: 'promise' as const, ...lasting }])),
  },
  agreed: { ...agreed, promise: Math.max(agreed?.promise ?? 0, ...resumed.map(({ renewals }) => renewals + 1)) },
});

/** What an event does to the account's own facts; what it owes and when it wakes follow in `fold`. */
const change = (state: Account, event: Recorded<AccountEvent>): Account => {
  switch (event.name) {
    case 'account.charged': {
      const { bills, offsets } = event.data;
      const debts = [...state.debts, ...bills.map(asDebt)].sort(inOrder);
      return {
        ...state,
        debts: settled(debts, offsets),
        creditFen: state.creditFen - sumFen(offsets.map(({ fen }) => fen)),
        billed: [...state.billed, ...bills.map(({ bill }) => bill)].slice(-REMEMBERED),
        ladders: passed(state.ladders, event.data.passed ?? []),
        ledgerVersion: state.ledgerVersion + 1,
      };
    }
    case 'account.offset': {
      const { offsets } = event.data;
      return {
        ...state,
        debts: settled(state.debts, offsets),
        creditFen: state.creditFen - sumFen(offsets.map(({ fen }) => fen)),
        ledgerVersion: state.ledgerVersion + 1,
      };
    }
    case 'account.paid': {
      const { allocations, creditFen } = event.data;
      return {
        ...state,
        debts: settled(state.debts, allocations),
        creditFen: state.creditFen + creditFen,
        asked: withoutKey(state.asked, event.data.payment),
        ledgerVersion: state.ledgerVersion + 1,
      };
    }
    case 'account.payment-asked': {
      const { payment, method, fen, paidOn, designated, reference, lateFen } = event.data;
      const one = { by: event.by, duty: 'payment' as const, method, fen, paidOn, designated, reference, lateFen };
      return { ...state, asked: { ...state.asked, [payment]: one } };
    }
    case 'account.payment-refused':
      return { ...state, asked: withoutKey(state.asked, event.data.payment) };
    case 'account.reversed': {
      const { allocations, offsets, creditFen, reopened, resumed = [] } = event.data;
      const back = [...allocations, ...offsets].map((one) => ({ ...one, fen: -one.fen }));
      const again = reopened.map((bill): OpenBill => ({ ...asDebt(bill), openFen: 0 }));
      // A settled bill stands at nothing until what had settled it is put back on.
      const debts = [...state.debts, ...again].sort(inOrder);
      return {
        ...state,
        debts: settled(debts, back),
        creditFen: state.creditFen - creditFen + sumFen(offsets.map(({ fen }) => fen)),
        ladders: passed(state.ladders, event.data.passed),
        ...(resumed.length > 0 ? resuming(state, resumed) : {}),
        ledgerVersion: state.ledgerVersion + 1,
      };
    }
    case 'account.credit-moved':
      return { ...state, creditFen: state.creditFen + event.data.fen, ledgerVersion: state.ledgerVersion + 1 };
    case 'account.refunded':
      return {
        ...state,
        creditFen: state.creditFen - event.data.fen,
        asked: withoutKey(state.asked, event.data.refund),
        ledgerVersion: state.ledgerVersion + 1,
      };
    case 'account.refund-asked': {
      const { refund, fen, method } = event.data;
      return { ...state, asked: { ...state.asked, [refund]: { by: event.by, duty: 'refund', fen, method } } };
    }
    case 'account.refund-refused':
      return { ...state, asked: withoutKey(state.asked, event.data.refund) };
    case 'account.adjusted': {
      const { bill, fen, freedFen, reopened = [], passed: before = [], adjustment = '' } = event.data;
      const again = reopened.map((one): OpenBill => ({ ...asDebt(one), openFen: 0 }));
      return {
        ...state,
        ladders: passed(state.ladders, before),
        debts: settled([...state.debts, ...again].sort(inOrder), [{ bill, part: 'principal', fen: -fen - freedFen }]),
        creditFen: state.creditFen + freedFen,
        asked: withoutKey(state.asked, adjustment),
        ledgerVersion: state.ledgerVersion + 1,
      };
    }
    case 'account.adjustment-asked': {
      const { adjustment, bill, fen } = event.data;
      return { ...state, asked: { ...state.asked, [adjustment]: { by: event.by, duty: 'adjustment', bill, fen } } };
    }
    case 'account.adjustment-refused':
      return { ...state, asked: withoutKey(state.asked, event.data.adjustment) };
    case 'account.waiver-asked': {
      const { waiver, bill, fen } = event.data;
      return { ...state, asked: { ...state.asked, [waiver]: { by: event.by, duty: 'waiver', bill, fen } } };
    }
    case 'account.waived':
      return {
        ...state,
        debts: settled(state.debts, event.data.allocations),
        asked: withoutKey(state.asked, event.data.waiver),
        ledgerVersion: state.ledgerVersion + 1,
      };
    case 'account.waiver-refused':
      return { ...state, asked: withoutKey(state.asked, event.data.waiver) };
    case 'account.late-charged': {
      const { charges, through } = event.data;
      const debts = state.debts.map((debt) => {
        const charge = charges.find(({ bill }) => bill === debt.bill);
        if (!charge) return debt;
        const { lateFen, lateChargedFen = 0 } = debt;
        return {
          ...debt,
          lateFen: lateFen + charge.fen,
          lateChargedFen: lateChargedFen + charge.fen,
          lateThrough: through,
        };
      });
      return { ...state, debts, ledgerVersion: state.ledgerVersion + 1 };
    }
    case 'account.mandated':
      return { ...state, mandate: event.data };
    case 'account.mandate-ended': {
      const { mandate: _, ...rest } = state;
      return rest;
    }
    case 'account.closed': {
      const { mandate: _, ...rest } = state;
      return { ...rest, closedOn: event.data.on };
    }
    case 'account.reopened': {
      const { closedOn: _, ...rest } = state;
      return rest;
    }
    default:
      return changeLadder(state, event);
  }
};

/** Obligations that no longer have anything to be about. */
const stillOwed = ({ debts, steps, asked }: Account, owed: readonly Obligation[]): Obligation[] =>
  owed.filter(({ duty, of = '' }) => {
    if (duty === 'collect') return claims(debts).includes(of);
    if (duty === 'step') return steps.some((step) => stepName(step) === of);
    return of in asked;
  });

/** The account after one more event. */
export const fold = (state: Account | undefined, event: Recorded<AccountEvent>): Account => {
  if (event.name === 'account.opened') {
    const empty = {
      debts: [],
      creditFen: 0,
      billed: [],
      ledgerVersion: 0,
      ladders: {},
      steps: [],
      holds: {},
      asked: {},
    };
    return { ...event.data, ...empty, seen: event.at, owed: [] };
  }
  if (!state) throw new Error(`${event.id} stands before the opening`);
  if (event.name === 'account.reminded' || event.name === 'account.missed' || event.name === 'account.escalated') {
    return { ...state, owed: tookRung(state.owed, event.data) };
  }
  const next = change(state, event);
  const { opens = [], wake } = event.data as { opens?: Obligation[]; wake?: Instant | null };
  const others = opens.reduce<Obligation[]>(
    (owed, { duty, of }) => (of === undefined ? without(owed, duty) : withoutOne(owed, duty, of)),
    state.owed,
  );
  const owed = stillOwed(next, [...others, ...opens]);
  // Whoever owes nothing any more begins anew.
  const agreed = next.debts.length === 0 ? undefined : next.agreed;
  return {
    ...next,
    agreed,
    ladders: keptLadders(next),
    seen: Math.max(state.seen, event.at),
    wake: wake === undefined ? state.wake : (wake ?? undefined),
    owed,
  };
};
