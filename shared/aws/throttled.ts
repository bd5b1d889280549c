import type { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** What a transaction is cancelled for that it would get through with a little later. */
const RATE = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Lets the SDK try a transaction again that a table, or an index that pushes back on its table, had no room for. By itself it tries
 * other throttled writes again, and this not: a transaction is cancelled, whatever for.
 */
export const retryThrottled = (client: DynamoDBClient): DynamoDBClient => {
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        const { name, CancellationReasons = [] } = error as Partial<TransactionCanceledException>;
        const forRate = CancellationReasons.some(({ Code = '' }) => RATE.has(Code));
        if (name === 'TransactionCanceledException' && forRate) {
          Object.assign(error as object, { $retryable: { throttling: true } });
        }
        throw error;
      }
    },
    // Within each try, so that what decides on the next one sees it.
    { step: 'deserialize', priority: 'high', name: 'retryThrottled' },
  );
  return client;
};
