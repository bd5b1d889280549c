import type { TransactItem } from '../aws/transact-item.ts';
import type { CounterItem } from './aggregate.ts';

/** By how much counters change, in the transaction of what changed them. */
export const countItem = (table: string, { key, counts }: CounterItem): TransactItem => {
  const all = Object.entries(counts);
  return {
    Update: {
      TableName: table,
      Key: key,
      UpdateExpression: `ADD ${all.map((_, i) => `#n${i} :n${i}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(all.map(([name], i) => [`#n${i}`, name])),
      ExpressionAttributeValues: Object.fromEntries(all.map(([, by], i) => [`:n${i}`, by])),
    },
  };
};
