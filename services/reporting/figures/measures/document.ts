import type { Lattice } from './facts.ts';
import { LETTER_LATTICE, type LetterFacts, letterOut } from './letter.ts';
import { family } from './measure.ts';
import { SLIP_LATTICE, type SlipFacts, slipHandled } from './slip.ts';

/** One document (票据) that has to be dealt with: a letter that Q6 counts, or a paid service's slip. */
type DocumentFacts = LetterFacts & SlipFacts;

const LATTICE: Lattice<DocumentFacts> = { ...LETTER_LATTICE, ...SLIP_LATTICE };
const LETTERS = { 'fee-notice': 'Q6-notice', 'second-notice': 'Q6-second-notice', demand: 'Q6-demand' } as const;

/** Q6 over what is due, and each kind by itself. A letter of another kind is none of its cases. */
export const document = family<DocumentFacts>(LATTICE, (facts) => {
  if (facts.kind !== undefined) {
    const outcome = letterOut(facts);
    return { Q6: outcome, [LETTERS[facts.kind]]: outcome };
  }
  if (facts.workDue === undefined) return {};
  const outcome = slipHandled(facts);
  return { Q6: outcome, 'Q6-slip': outcome };
});
