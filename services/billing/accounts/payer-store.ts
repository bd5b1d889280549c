import { inParallel, queryAll } from '../../../shared/aws/many.ts';
import { NAMES_INDEX, payerName } from '../names.ts';
import type { Accounts } from './aggregate.ts';

/** Ids of one payer looked up side by side. */
const WIDTH = 8;

/**
 * Every account that a payer has or had at a site, by id. The index follows a moment later than accounts do: one that was
 * opened a second ago may be missing, and is found the next time.
 * @param ids all that the payer goes by (`payerIds`)
 */
export const accountsOfPayer = async (
  { doc, own }: Accounts,
  site: string,
  ids: readonly string[],
): Promise<string[]> => {
  const found = await inParallel(ids, WIDTH, (party) =>
    queryAll(
      { doc, table: own },
      {
        IndexName: NAMES_INDEX,
        KeyConditionExpression: 'named = :named',
        ExpressionAttributeValues: { ':named': payerName(site, party) },
      },
    ),
  );
  return found.flat().map(({ id }) => id as string);
};
