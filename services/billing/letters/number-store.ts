import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { NAMES_INDEX, numberName } from '../names.ts';
import type { Letters } from './store.ts';

export { accountsOf } from './store.ts';

/** The letter with a number, as it is printed on it: with or without its hyphens. */
export const letterByNumber = async (
  { doc, own }: Letters,
  site: string,
  told: string,
): Promise<string | undefined> => {
  const [, kind, day, digest] = /^([A-Z]{2})-?(\d{8})-?([0-9A-F]{8})$/.exec(told.toUpperCase()) ?? [];
  const { Items = [] } = await doc.send(
    new QueryCommand({
      TableName: own,
      IndexName: NAMES_INDEX,
      KeyConditionExpression: 'named = :named',
      ExpressionAttributeValues: { ':named': numberName(site, `${kind}-${day}-${digest}`) },
      Limit: 1,
    }),
  );
  return Items[0]?.id as string | undefined;
};
