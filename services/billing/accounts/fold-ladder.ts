import type { Recorded } from '../../../shared/domain/events.ts';
import type { Day } from '../../../shared/time/clock.ts';
import type { Account, DunningStep, Ladder, OpenBill } from './account.ts';
import type { AccountEvent } from './events.ts';
import { isAbout, isStep } from './ledger/debts.ts';
import type { DunningRung } from './terms.ts';

/** Rungs that were decided for debts of a due day, or that a hold stood in the way of. */
export const passed = (
  ladders: Record<Day, Ladder>,
  steps: readonly { dueDay: Day; rung: DunningRung }[],
  held = false,
) => {
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
const fallAnew = (ladders: Record<Day, Ladder>, steps: readonly { dueDay: Day; rung: DunningRung }[]) => {
  const next = passed(ladders, steps, true);
  for (const { dueDay, rung } of steps) {
    const ladder = next[dueDay] as Ladder;
    next[dueDay] = { ...ladder, passed: ladder.passed.filter((one) => one !== rung) };
  }
  return next;
};

export const withoutKey = <T>(of: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(of).filter(([name]) => name !== key));

/**
 * What provably arrived interrupts the limitation of what was due by then (Civil Code 195). Its step's day counts, where
 * it arrived later too: the earlier is safe. It never turns back what arrived since.
 */
const interrupted = (
  debts: readonly OpenBill[],
  { on, evidence }: { on: Day; evidence: { arrived?: boolean | undefined } },
) =>
  debts.map((debt) =>
    evidence.arrived && debt.dueDay <= on && on > (debt.clock ?? '') ? { ...debt, clock: on } : debt,
  );

/** What an event does to holds, to the ladder and to its steps. */
export const changeLadder = (state: Account, event: Recorded<AccountEvent>): Account => {
  switch (event.name) {
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
      const sent = ({ asks: _, ...step }: DunningStep): DunningStep => ({ ...step, channels });
      return { ...state, steps: state.steps.map((step) => (isStep(event.data)(step) ? sent(step) : step)) };
    }
    case 'account.service-complained':
      return { ...state, complaints: [...new Set([...(state.complaints ?? []), event.data.complaint])] };
    case 'account.service-settled': {
      const { complaints = [], ...rest } = state;
      const open = complaints.filter((one) => one !== event.data.complaint);
      return open.length > 0 ? { ...rest, complaints: open } : rest;
    }
    case 'account.money-proposed':
      return { ...state, unclaimed: [...new Set([...(state.unclaimed ?? []), event.data.remittance])] };
    case 'account.money-decided': {
      const { unclaimed = [], ...rest } = state;
      const open = unclaimed.filter((one) => one !== event.data.remittance);
      return open.length > 0 ? { ...rest, unclaimed: open } : rest;
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
    default:
      return state;
  }
};
