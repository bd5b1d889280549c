import type { Day, Instant } from '../../../shared/clock.ts';
import type { Recorded } from '../../../shared/events.ts';
import { sumFen } from '../../../shared/money.ts';
import { type Obligation, tookRung, without, withoutOne } from '../../../shared/obligation.ts';
import type { Account, BillFacts, Debt, Hold, Ladder, Step } from './account.ts';
import { claims, inOrder, isAbout, isStep, settled, stepName } from './debts.ts';
import type { AccountEvent } from './events.ts';
import type { Rung } from './terms.ts';

/** Bills remembered in the head, so that none is made twice; a run goes back no further than their periods. */
const REMEMBERED = 60;

const asDebt = (bill: BillFacts): Debt => ({ ...bill, openFen: bill.fen, lateFen: 0 });

const passed = (ladders: Record<Day, Ladder>, steps: readonly { dueDay: Day; rung: Rung }[], held = false) => {
  const next = { ...ladders };
  for (const { dueDay, rung } of steps) {
    const { missed, ...ladder } = next[dueDay] ?? { passed: [], held: [] };
    next[dueDay] = held
      ? { ...ladder, ...(missed ? { missed } : {}), held: [...new Set([...ladder.held, rung])] }
      : { ...ladder, passed: [...new Set([...ladder.passed, rung])] };
  }
  return next;
};

/** Rungs of steps that a hold took the place of count as held: they fall due when it is over. */
const fallAnew = (ladders: Record<Day, Ladder>, steps: readonly { dueDay: Day; rung: Rung }[]) => {
  const next = passed(ladders, steps, true);
  for (const { dueDay, rung } of steps) {
    const ladder = next[dueDay] as Ladder;
    next[dueDay] = { ...ladder, passed: ladder.passed.filter((one) => one !== rung) };
  }
  return next;
};

/** Ladders of due days on which nothing is open any more are forgotten; a reversal brings them back from the journal. */
const keptLadders = ({ debts, ladders, steps }: Account) =>
  Object.fromEntries(
    Object.entries(ladders).filter(
      ([day]) => debts.some(({ dueDay }) => dueDay === day) || steps.some(({ dueDay }) => dueDay === day),
    ),
  );

const withoutKey = <T>(of: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(of).filter(([name]) => name !== key));

/**
 * What provably arrived interrupts the limitation of what was due by then (Civil Code 195). Its step's day counts, where
 * it arrived later too: the earlier is safe. It never turns back what arrived since.
 */
const interrupted = (
  debts: readonly Debt[],
  { on, evidence }: { on: Day; evidence: { arrived?: boolean | undefined } },
) =>
  debts.map((debt) =>
    evidence.arrived && debt.dueDay <= on && on > (debt.clock ?? '') ? { ...debt, clock: on } : debt,
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
        moves: state.moves + 1,
      };
    }
    case 'account.offset': {
      const { offsets } = event.data;
      return {
        ...state,
        debts: settled(state.debts, offsets),
        creditFen: state.creditFen - sumFen(offsets.map(({ fen }) => fen)),
        moves: state.moves + 1,
      };
    }
    case 'account.paid': {
      const { allocations, creditFen } = event.data;
      return {
        ...state,
        debts: settled(state.debts, allocations),
        creditFen: state.creditFen + creditFen,
        asked: withoutKey(state.asked, event.data.payment),
        moves: state.moves + 1,
      };
    }
    case 'account.payment-asked': {
      const { payment, method, fen, paidOn, designated, reference } = event.data;
      const one = { by: event.by, duty: 'payment' as const, method, fen, paidOn, designated, reference };
      return { ...state, asked: { ...state.asked, [payment]: one } };
    }
    case 'account.payment-refused':
      return { ...state, asked: withoutKey(state.asked, event.data.payment) };
    case 'account.reversed': {
      const { allocations, offsets, creditFen, reopened, resumed = [] } = event.data;
      const back = [...allocations, ...offsets].map((one) => ({ ...one, fen: -one.fen }));
      const again = reopened.map((bill): Debt => ({ ...asDebt(bill), openFen: 0 }));
      // A settled bill stands at nothing until what had settled it is put back on.
      const debts = [...state.debts, ...again].sort(inOrder);
      return {
        ...state,
        debts: settled(debts, back),
        creditFen: state.creditFen - creditFen + sumFen(offsets.map(({ fen }) => fen)),
        ladders: passed(state.ladders, event.data.passed),
        ...(resumed.length > 0 ? resuming(state, resumed) : {}),
        moves: state.moves + 1,
      };
    }
    case 'account.credit-moved':
      return { ...state, creditFen: state.creditFen + event.data.fen, moves: state.moves + 1 };
    case 'account.refunded':
      return { ...state, creditFen: state.creditFen - event.data.fen, moves: state.moves + 1 };
    case 'account.adjusted': {
      const { bill, fen, freedFen, reopened = [], passed: before = [], adjustment = '' } = event.data;
      const again = reopened.map((one): Debt => ({ ...asDebt(one), openFen: 0 }));
      return {
        ...state,
        ladders: passed(state.ladders, before),
        debts: settled([...state.debts, ...again].sort(inOrder), [{ bill, part: 'principal', fen: -fen - freedFen }]),
        creditFen: state.creditFen + freedFen,
        asked: withoutKey(state.asked, adjustment),
        moves: state.moves + 1,
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
        moves: state.moves + 1,
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
      return { ...state, debts, moves: state.moves + 1 };
    }
    case 'account.hold-asked': {
      const { hold, kind, until, renews } = event.data;
      return { ...state, asked: { ...state.asked, [hold]: { by: event.by, duty: 'hold', kind, until, renews } } };
    }
    case 'account.held': {
      const { hold, kind, from, until, renewals, complaint, steps = [] } = event.data;
      const wanted = state.asked[hold];
      const renews = wanted?.duty === 'hold' ? wanted.renews : undefined;
      const others = renews === undefined ? state.holds : withoutKey(state.holds, renews);
      return {
        ...state,
        ladders: fallAnew(state.ladders, steps),
        steps: state.steps.filter((step) => !steps.some((one) => isStep(one)(step))),
        asked: withoutKey(state.asked, hold),
        holds: { ...others, [hold]: { kind, from, until, renewals, complaint } },
        ...(complaint === undefined ? { agreed: { ...state.agreed, [kind]: (state.agreed?.[kind] ?? 0) + 1 } } : {}),
      };
    }
    case 'account.hold-refused':
      return { ...state, asked: withoutKey(state.asked, event.data.hold) };
    case 'account.released':
      return { ...state, holds: withoutKey(state.holds, event.data.hold) };
    case 'account.step-due': {
      const { dueDay, rung, on, due, channels, asks, message } = event.data;
      const asking = asks ? { asks: { why: asks, message } } : {};
      // A higher step takes the place of what is still undone of a lower one for the same debts.
      const others = state.steps.filter((step) => step.dueDay !== dueDay);
      return {
        ...state,
        ladders: passed(state.ladders, [event.data]),
        steps: [...others, { dueDay, rung, on, due, channels, done: [], calls: [], ...asking }],
      };
    }
    case 'account.step-sent': {
      const { channels } = event.data;
      const sent = ({ asks: _, ...step }: Step): Step => ({ ...step, channels });
      return { ...state, steps: state.steps.map((step) => (isStep(event.data)(step) ? sent(step) : step)) };
    }
    case 'account.service-complained':
      return { ...state, complaints: [...new Set([...(state.complaints ?? []), event.data.complaint])] };
    case 'account.service-settled': {
      const { complaints = [], ...rest } = state;
      const open = complaints.filter((one) => one !== event.data.complaint);
      return open.length > 0 ? { ...rest, complaints: open } : rest;
    }
    case 'account.step-held':
      return { ...state, ladders: passed(state.ladders, [event.data], true) };
    case 'account.step-superseded': {
      const { dueDay, rung, on, by } = event.data;
      const ladders = passed(state.ladders, [event.data]);
      if (by !== rung) return { ...state, ladders };
      return { ...state, ladders: { ...ladders, [dueDay]: { ...(ladders[dueDay] as Ladder), missed: { rung, on } } } };
    }
    case 'account.part-done': {
      const { channel } = event.data;
      const steps = state.steps.map((step) =>
        isStep(event.data)(step) ? { ...step, done: [...new Set([...step.done, channel])] } : step,
      );
      return { ...state, steps, debts: interrupted(state.debts, event.data) };
    }
    case 'account.part-proven':
      return { ...state, debts: interrupted(state.debts, event.data) };
    case 'account.step-done': {
      const done = [event.data, ...(event.data.also ?? [])];
      return { ...state, steps: state.steps.filter((step) => !done.some((one) => isStep(one)(step))) };
    }
    case 'account.called': {
      const { calledAt, dayPart, message } = event.data;
      const about = isAbout(state, calledAt);
      const steps = state.steps.map((step) =>
        about(step) ? { ...step, calls: [...step.calls, { calledAt, dayPart, message }] } : step,
      );
      return { ...state, steps };
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
      return state;
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
    const empty = { debts: [], creditFen: 0, billed: [], moves: 0, ladders: {}, steps: [], holds: {}, asked: {} };
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
