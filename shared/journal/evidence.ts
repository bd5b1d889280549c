import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../aws/transact-item.ts';
import { type KnownTexts, personalKey } from '../people/personal.ts';
import { secondsOf } from '../people/retention.ts';
import { DAY, type Instant } from '../time/clock.ts';
import { someoneWasFirst } from './again.ts';

/** So that whoever gets a letter a month is written once in two. */
const AHEAD = 62 * DAY;

/** Marks names and addresses as what proves something, each by itself. */
export type Evidence = (site: string, texts: KnownTexts, until: Instant) => Promise<void>;

const marks = (personal: string | undefined, site: string, texts: KnownTexts, until: Instant) =>
  [...texts]
    .filter(([, { evidence = 0 }]) => evidence < secondsOf(until))
    .map(([ref]) => ({
      TableName: personal as string,
      Key: personalKey(site, ref),
      UpdateExpression: 'SET evidence = :until',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':until': secondsOf(until + AHEAD) },
    }));

/**
 * Marks a name or an address that stands on what proves something: it is kept for that long, also once it was corrected or
 * its party was erased. What was erased meanwhile stays so.
 */
export const evidenceIn =
  ({ doc, personal }: { doc: DynamoDBDocumentClient; personal?: string | undefined }): Evidence =>
  async (site, texts, until) => {
    await Promise.all(
      marks(personal, site, texts, until).map(async (mark) => {
        try {
          await doc.send(new UpdateCommand(mark));
        } catch (error) {
          if (!someoneWasFirst(error)) throw error;
        }
      }),
    );
  };

/** The same in the transaction of what they stand on; one that is erased meanwhile is another try. */
export const evidenceItems =
  ({ personal }: { personal?: string | undefined }) =>
  (site: string, texts: KnownTexts, until: Instant): TransactItem[] =>
    marks(personal, site, texts, until).map((Update) => ({ Update }));
export type EvidenceItems = ReturnType<typeof evidenceItems>;
