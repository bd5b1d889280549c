import type { Current } from '../../../../shared/journal/aggregate.ts';
import type { Page } from '../../../../shared/journal/journal.ts';
import type { Account } from '../account.ts';
import type { Accounts } from '../aggregate.ts';

/**
 * A page of all accounts of a site, newest first, whether something is open or not: the two lists merged by id. As the
 * place in it is an id, an account that is settled or opened again between two pages is on one of them, and once. Within
 * a page the open ones are asked for again after the others, so that one which is opened meanwhile isn't in neither.
 * @param after the `next` of the page before: its last account
 */
export const allAccounts = async (
  accounts: Pick<Accounts, 'walk'>,
  site: string,
  limit: number,
  after: string | undefined,
): Promise<Page<Current<Account>>> => {
  const pages: Page<Current<Account>>[] = [];
  for (const finished of [false, true, false]) pages.push(await accounts.walk(site, finished, limit, after));
  // Below the last of a list that goes on, nothing is known of it yet.
  const known =
    pages
      .flatMap(({ next }) => next ?? [])
      .sort()
      .at(-1) ?? '';
  const byId = new Map(pages.flatMap(({ items }) => items).map((current) => [current.id, current]));
  const all = [...byId.values()].filter(({ id }) => id >= known).sort((a, b) => (a.id < b.id ? 1 : -1));
  const items = all.slice(0, limit);
  const last = items.at(-1);
  const more = known !== '' || all.length > limit;
  return { items, ...(more && last ? { next: last.id } : {}) };
};
