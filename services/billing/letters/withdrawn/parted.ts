import { idsOf, type PayerCard, payerIds } from '../../../../shared/directory/payer.ts';
import type { Directory } from '../../../../shared/directory/units.ts';
import { partyOf } from '../../accounts/contract.ts';
import type { LetterRequest } from '../join.ts';
import type { Letter, LetterAccount } from '../letter.ts';
import { LETTER_KINDS } from '../terms.ts';

/**
 * Accounts of a letter that aren't of whom it goes to: those were merged when it was opened, and are two again. Reads a card
 * only of one with accounts of several parties.
 * @param card of whom it goes to, where it was read
 */
export const foreignIn = async (
  directory: Directory,
  site: string,
  { party, accounts }: Pick<Letter, 'party' | 'accounts'>,
  card?: PayerCard,
): Promise<Letter['accounts']> => {
  const others = accounts.filter(({ account }) => partyOf(account) !== party);
  if (others.length === 0) return [];
  const ids = card ? idsOf(card) : await payerIds(directory, site, party);
  return others.filter(({ account }) => !ids.includes(partyOf(account)));
};

/** What a letter said, as it is wanted of each party by itself, at the height of its own steps. */
export const wantedApart = (
  { kind, run, part }: Pick<Letter, 'kind' | 'run' | 'part'>,
  accounts: readonly LetterAccount[],
): LetterRequest[] =>
  [...Map.groupBy(accounts, ({ account }) => partyOf(account))].map(([party, some]) => {
    const rungs: string[] = some.flatMap(({ steps = [] }) => steps.map(({ rung }) => rung));
    return { kind: LETTER_KINDS.findLast((one) => rungs.includes(one)) ?? kind, party, run, part, accounts: some };
  });
