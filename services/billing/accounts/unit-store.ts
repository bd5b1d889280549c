import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { LIST_INDEX, listPartition } from '../../../shared/journal/layout.ts';
import { accountId } from './account.ts';
import type { Accounts } from './aggregate.ts';

/** More than a unit ever has. */
const MOST = 100;

/**
 * Every account a unit ever had, by id: its id begins with the unit's. The index follows a moment later than accounts
 * do, so whoever knows a payer adds their account.
 */
export const accountsOfUnit = async (accounts: Accounts, site: string, unit: string): Promise<string[]> => {
  const found = await Promise.all(
    [false, true].map(async (finished) => {
      const { Items = [] } = await accounts.doc.send(
        new QueryCommand({
          TableName: accounts.own,
          IndexName: LIST_INDEX,
          KeyConditionExpression: '#list = :list AND begins_with(id, :unit)',
          ExpressionAttributeNames: { '#list': 'list' },
          ExpressionAttributeValues: {
            ':list': listPartition(site, accounts.type.type, finished),
            ':unit': accountId(unit, ''),
          },
          Limit: MOST,
        }),
      );
      return Items.map(({ id }) => id as string);
    }),
  );
  return found.flat();
};
