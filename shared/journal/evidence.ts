import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type KnownTexts, personalKey } from '../people/personal.ts';
import { secondsOf } from '../people/retention.ts';
import { DAY, type Instant } from '../time/clock.ts';
import { someoneWasFirst } from './again.ts';

/** So that whoever gets a letter a month is written once in two. */
const AHEAD = 62 * DAY;

/**
 * Marks a name or an address that stands on what proves something: it is kept for that long, also once it was corrected or
 * its party was erased. What was erased meanwhile stays so.
 */
export const evidenceIn =
  ({ doc, personal }: { doc: DynamoDBDocumentClient; personal?: string | undefined }) =>
  async (site: string, texts: KnownTexts, until: Instant): Promise<void> => {
    const due = [...texts].filter(([, { evidence = 0 }]) => evidence < secondsOf(until));
    await Promise.all(
      due.map(async ([ref]) => {
        try {
          await doc.send(
            new UpdateCommand({
              TableName: personal as string,
              Key: personalKey(site, ref),
              UpdateExpression: 'SET evidence = :until',
              ConditionExpression: 'attribute_exists(pk)',
              ExpressionAttributeValues: { ':until': secondsOf(until + AHEAD) },
            }),
          );
        } catch (error) {
          if (!someoneWasFirst(error)) throw error;
        }
      }),
    );
  };
export type Evidence = ReturnType<typeof evidenceIn>;
