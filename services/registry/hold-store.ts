import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { someoneWasFirst } from '../../shared/journal/again.ts';
import { goneKey } from './party.ts';
import type { Registry } from './store.ts';

/**
 * From here on nothing is linked to a party that is about to be withdrawn, so that what it holds can be looked at. Dying before it
 * is taken back leaves that so until somebody withdraws the party again.
 * @param mark tells this attempt from others: one whose mark is gone isn't written
 */
export const hold = async ({ parties: { doc, own } }: Registry, site: string, party: string, mark: number) => {
  const key = goneKey(site, party);
  const ours = { ExpressionAttributeValues: { ':mark': mark }, ConditionExpression: 'mark = :mark', TableName: own };
  try {
    await doc.send(
      new PutCommand({
        TableName: own,
        Item: { ...key, of: party, mark, held: true },
        ConditionExpression: 'attribute_not_exists(pk) OR held = :held',
        ExpressionAttributeValues: { ':held': true },
      }),
    );
  } catch (error) {
    // Gone for good already: what decides says so.
    if (!someoneWasFirst(error)) throw error;
  }
  return {
    gone: { Put: { ...ours, Item: { ...key, of: party } } },
    async release() {
      try {
        await doc.send(new DeleteCommand({ ...ours, Key: key }));
      } catch (error) {
        if (!someoneWasFirst(error)) throw error;
      }
    },
  };
};
