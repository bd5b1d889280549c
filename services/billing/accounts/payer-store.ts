import { queryAll } from '../../../shared/many.ts';
import { NAMES_INDEX, payerName } from '../names.ts';
import type { Accounts } from './store.ts';

/**
 * Every account that a party has or had at a site, by id. The index follows a moment later than accounts do: one that was
 * opened a second ago may be missing, and is found the next time.
 */
export const accountsOfPayer = async ({ doc, own }: Accounts, site: string, party: string): Promise<string[]> => {
  const found = await queryAll(
    { doc, table: own },
    {
      IndexName: NAMES_INDEX,
      KeyConditionExpression: 'named = :named',
      ExpressionAttributeValues: { ':named': payerName(site, party) },
    },
  );
  return found.map(({ id }) => id as string);
};
