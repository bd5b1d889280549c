import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { pause } from '../aws/retry.ts';
import { overtaken } from '../domain/refusal.ts';

/** How often what was decided is decided anew when somebody else wrote in between. */
const TRIES = 10;

/**
 * Reads, decides and writes, and all of it again where somebody else wrote in between.
 * @param attempt gives nothing where what it read was overtaken before it wrote
 * @throws Refusal when others were faster again and again
 */
export const untilWritten = async <T extends object>(attempt: () => Promise<T | undefined>): Promise<T> => {
  for (let tried = 0; tried < TRIES; tried++) {
    try {
      const done = await attempt();
      if (done) return done;
    } catch (error) {
      if (!someoneWasFirst(error)) throw error;
      await pause(tried);
    }
  }
  throw overtaken();
};

/** The condition of a write didn't hold: what it was decided on is no longer so. */
export const someoneWasFirst = (error: unknown): boolean => {
  if (error instanceof ConditionalCheckFailedException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code);
  return codes.some((code) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict');
};
