import type { Directory } from '../../../../shared/directory/units.ts';
import { execute } from '../../../../shared/journal/execute.ts';
import type { Instant } from '../../../../shared/time/clock.ts';
import type { Accounts } from '../../accounts/contract-store.ts';
import { may, part, withdraw } from '../decide.ts';
import { accountsOf, type Letters } from '../store.ts';
import { foreignIn } from './parted.ts';
import { isSettled } from './settled.ts';

/** Accounts whose standing still is made sure of in the transaction; of a letter to more of them a moment may lie between. */
const CHECKED_MOST = 50;

export interface WithdrawDeps {
  letters: Letters;
  accounts: Accounts;
  directory: Directory;
}

/**
 * Withdraws a letter on paper once all that it asks for is settled on all its accounts, and one that waits once some of those are
 * somebody else's. Anything else, it stays as it is; asked again it does nothing more.
 */
export const withdrawSettled = async (
  { letters, accounts, directory }: WithdrawDeps,
  { site, now, by }: { site: string; now: Instant; by: string },
  letter: string,
): Promise<void> => {
  await execute(letters, {
    site,
    id: letter,
    now,
    by,
    read: async (state) => {
      if (may(state, 'part') && (await foreignIn(directory, site, state)).length > 0) return 'foreign';
      if (!may(state, 'withdraw')) return undefined;
      const asked = await accountsOf(letters, site, letter);
      const heads = await accounts.heads(site, [...new Set(asked.map(({ account }) => account))]);
      return isSettled(asked, new Map(heads.map(({ id, state: known }) => [id, known]))) ? heads : undefined;
    },
    decide: (state, found) => (found === 'foreign' ? part(state) : found ? withdraw(state) : []),
    // A payment that turns out at this moment not to have come opens what was settled.
    extraItems: (_, found) =>
      found && found !== 'foreign' && found.length <= CHECKED_MOST ? found.map(accounts.unmoved) : [],
  });
};
