import { Refusal } from '../domain/refusal.ts';
import type { Situation } from './command.ts';

/** Whether a decision is open to somebody before they have said anything: why it isn't. Pure. */
export type May<S> = (on: Situation<S>) => Refusal | undefined;

/**
 * A pure decision in its two parts: whether it is open to whoever acts, which a sheet says beforehand (`may`), and what comes of what
 * they say. What can be known without their words belongs to the first.
 * @param admit the state that allows it, or why it can't be
 */
export const decision = <S, A extends unknown[], R>(
  admit: (on: Situation<S>) => S | Refusal,
  decide: (on: Situation<S>, state: S, ...said: A) => R | Refusal,
) =>
  Object.assign(
    (on: Situation<S>, ...said: A): R | Refusal => {
      const state = admit(on);
      return state instanceof Refusal ? state : decide(on, state, ...said);
    },
    {
      may: ((on) => {
        const state = admit(on);
        return state instanceof Refusal ? state : undefined;
      }) satisfies May<S>,
    },
  );

/** Of what could be said, or the things it could be about: open where one of them is, else why the first isn't. */
export const oneOf = <T>(ways: readonly T[], refused: (way: T) => Refusal | undefined): Refusal | undefined => {
  const refusals = ways.map(refused);
  return refusals.includes(undefined) ? undefined : refusals[0];
};
