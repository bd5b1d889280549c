import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Journal, type JournalTables, journal } from '../../../shared/journal/journal.ts';
import type { Accounts } from '../accounts/store.ts';
import { type Deduction, deductionType, linesOf } from './deduction.ts';
import type { DeductionEvent } from './events.ts';
import { mandateKey } from './mandate.ts';
import { includes } from './spans.ts';

export type Deductions = Journal<Deduction, DeductionEvent>;
export const deductionsIn = (tables: JournalTables): Deductions => journal(deductionType, tables);

/** Accounts that have a mandate, in order of their ids. @param after the last of those before */
export const mandated = async (
  { doc, own }: Accounts,
  site: string,
  after: string | undefined,
  limit: number,
): Promise<{ accounts: string[]; more: boolean }> => {
  const { Items = [], LastEvaluatedKey } = await doc.send(
    new QueryCommand({
      TableName: own,
      KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: {
        ':pk': mandateKey(site, '').pk,
        ...(after === undefined ? {} : { ':after': after }),
      },
      Limit: limit,
      ConsistentRead: true,
    }),
  );
  return { accounts: Items.map(({ sk }) => sk as string), more: LastEvaluatedKey !== undefined };
};

/** Accounts with a line that the bank hasn't answered yet: in no other batch until then. */
export const underWay = async (deductions: Deductions, site: string): Promise<Set<string>> => {
  const accounts = new Set<string>();
  let before: string | undefined;
  do {
    const page = await deductions.list(site, false, 25, before);
    for (const { id, state } of page.items) {
      if (!state || state.status === 'settled') continue;
      for (const { line, account } of linesOf(await deductions.whole(site, id))) {
        if (includes(state.open, line)) accounts.add(account);
      }
    }
    before = page.next;
  } while (before !== undefined);
  return accounts;
};
