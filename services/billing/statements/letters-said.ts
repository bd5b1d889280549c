import { inParallel } from '../../../shared/aws/many.ts';
import { payersOf } from '../../../shared/directory/payer.ts';
import type { Directory } from '../../../shared/directory/units.ts';
import { NUMBER } from '../letters/contract.ts';
import { type Letters, letterByNumber } from '../letters/contract-store.ts';

/** Numbers looked up for one line; one that names more is a person's. */
const MOST = 5;
const NUMBERS = new RegExp(NUMBER, 'gi');

/** What is left of a text without the numbers of letters, which may read like rooms. */
export const withoutNumbers = (text: string): string => text.replace(NUMBERS, ' ');

/** The letters that a text names by their numbers. */
export interface LettersSaid {
  letters: string[];
  /** Whose they are, each payer once. */
  parties: string[];
  /** All of its numbers are letters of ours. */
  all: boolean;
}

export const lettersSaid = async (
  { letters, directory }: { letters: Letters; directory: Directory },
  site: string,
  text: string,
): Promise<LettersSaid> => {
  const told = text.normalize('NFKC').match(NUMBERS) ?? [];
  const numbers = [...new Set(told.map((one) => one.toUpperCase().replaceAll('-', '')))];
  const ids = await inParallel(numbers.slice(0, MOST), MOST, (one) => letterByNumber(letters, site, one));
  const found = ids.filter((id) => id !== undefined);
  const states = found.length === 0 ? [] : await letters.heads(site, found);
  const askers = states.flatMap(({ state }) => state?.party ?? []);
  const cards = askers.length === 0 ? new Map() : await payersOf(directory, site, [...new Set(askers)]);
  const parties = [...new Set(askers.map((one) => cards.get(one)?.party ?? one))];
  return { letters: found, parties, all: askers.length === numbers.length };
};
