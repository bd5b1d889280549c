import { type DunningRung, RUNGS } from '../../../billing/events.ts';

/**
 * What became of a debt (account and due day) after a rung: nothing of it was open any more before the next rung was taken,
 * or only after that; or it is open, dunning paused or not.
 */
export const DEBT_OUTCOMES = ['settled', 'settledLater', 'held', 'open'] as const;
export type DebtOutcome = (typeof DEBT_OUTCOMES)[number];

/** In a name: as short as can be, because a write costs by its item's size. */
const RUNG = {
  friendly: 'f',
  reminder: 'r',
  'second-notice': 's',
  demand: 'd',
  visit: 'v',
  review: 'w',
} as const satisfies Record<DunningRung, string>;
const OUTCOME = { settled: 's', settledLater: 'l', held: 'h', open: 'o' } as const;

type Name = `${(typeof RUNG)[DunningRung]}${(typeof OUTCOME)[DebtOutcome]}`;
/** How many debts took a rung, by what became of them; and (`F`) what was open of their principal when it was taken (fen). */
export type LadderAmount = Name | `${Name}F`;
export const debtsName = (rung: DunningRung, outcome: DebtOutcome): Name => `${RUNG[rung]}${OUTCOME[outcome]}`;
export const fenName = (rung: DunningRung, outcome: DebtOutcome): LadderAmount => `${debtsName(rung, outcome)}F`;
export const LADDER_AMOUNTS: readonly LadderAmount[] = RUNGS.flatMap((rung) =>
  DEBT_OUTCOMES.flatMap((outcome) => [debtsName(rung, outcome), fenName(rung, outcome)]),
);
