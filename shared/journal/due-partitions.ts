import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { HOUR, type Instant } from '../time/clock.ts';

/**
 * How many partitions the due index of a table has ever had: an item of the table itself, which only grows. Whoever
 * writes a head spreads it over so many, and a sweep walks them all: no head lies where none looks, whatever is
 * deployed later. Without the item there is one.
 */
export const DUE_PARTITIONS_KEY = { pk: 'due', sk: 'partitions' };

interface Place {
  doc: DynamoDBDocumentClient;
  table: string;
}

/** What a write spreads heads over. It may be a number of before: a smaller one is swept as well. */
export const readDuePartitions = async ({ doc, table }: Place): Promise<number> => {
  const { Item } = await doc.send(new GetCommand({ TableName: table, Key: DUE_PARTITIONS_KEY }));
  return (Item?.partitions as number | undefined) ?? 1;
};

/** For a sweep: raises the number to the one that is deployed. @returns the highest there ever was */
export const raiseDuePartitions = async ({ doc, table }: Place, deployed: number): Promise<number> => {
  const { Item } = await doc.send(new GetCommand({ TableName: table, Key: DUE_PARTITIONS_KEY, ConsistentRead: true }));
  const ever = (Item?.partitions as number | undefined) ?? 1;
  if (deployed <= ever) return ever;
  try {
    await doc.send(
      new PutCommand({
        TableName: table,
        Item: { ...DUE_PARTITIONS_KEY, partitions: deployed },
        ConditionExpression: 'attribute_not_exists(pk) OR #partitions < :deployed',
        ExpressionAttributeNames: { '#partitions': 'partitions' },
        ExpressionAttributeValues: { ':deployed': deployed },
      }),
    );
    return deployed;
  } catch (error) {
    // Another sweep raised it further.
    if (error instanceof ConditionalCheckFailedException) return raiseDuePartitions({ doc, table }, deployed);
    throw error;
  }
};

/** For a function that lives on: asked once an hour, for the number grows with deployments alone. */
export const askedHourly = () => {
  let known: { until: Instant; deployed: number; ever: number } | undefined;
  return async (place: Place, deployed: number, now: Instant): Promise<number> => {
    if (known?.deployed === deployed && now < known.until) return known.ever;
    const ever = await raiseDuePartitions(place, deployed);
    known = { until: now + HOUR, deployed, ever };
    return ever;
  };
};
