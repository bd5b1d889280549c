import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../../../shared/aws/transact-item.ts';
import { type Journal, type JournalTables, journal } from '../../../shared/journal/journal.ts';
import type { Accounts } from '../accounts/contract-store.ts';
import { bookedOf } from './booked.ts';
import { type Deduction, deductionType, lineOutcomesOf, linesOf, paymentOf } from './deduction.ts';
import type { DeductionEvent } from './events.ts';
import { mandateKey } from './mandate.ts';

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

/** Batches of a site that may hold accounts; read by key, since an index lags behind. */
export interface UnderWay {
  v: number;
  batches: string[];
}
const underWayKey = (site: string) => ({ pk: `${site}#deductions`, sk: 'under-way' });

export const readUnderWay = async ({ doc, own }: Deductions, site: string): Promise<UnderWay> => {
  const { Item } = await doc.send(new GetCommand({ TableName: own, Key: underWayKey(site), ConsistentRead: true }));
  return Item ? { v: Item.v as number, batches: Item.batches as string[] } : { v: 0, batches: [] };
};

/** Says that a batch is under way, with its opening; two that are opened at once can't both have read the same. */
export const putUnderWay = ({ own }: Deductions, site: string, { v, batches }: UnderWay): TransactItem => ({
  Put: {
    TableName: own,
    Item: { ...underWayKey(site), v: v + 1, batches },
    ...(v === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': v } }),
  },
});

/** Accounts that a batch holds: the bank hasn't answered, or has deducted what isn't booked yet. */
const heldBy = async ({ deductions, accounts }: Stores, site: string, id: string): Promise<string[]> => {
  const events = await deductions.whole(site, id);
  const outcomes = lineOutcomesOf(events);
  const lines = linesOf(events).map((line) => ({ ...line, payment: paymentOf(id, line.line) }));
  const paid = lines.filter(({ line }) => outcomes.get(line) === 'paid');
  const booked = await bookedOf(
    accounts,
    site,
    paid.map(({ payment }) => payment),
  );
  return lines
    .filter(({ line, payment }) => !outcomes.has(line) || (outcomes.get(line) === 'paid' && !booked.has(payment)))
    .map(({ account }) => account);
};

interface Stores {
  deductions: Deductions;
  accounts: Accounts;
}

/** Accounts that are in no further batch for now, and the batches that hold them. */
export const held = async (stores: Stores, site: string, batches: readonly string[]) => {
  const accounts = new Set<string>();
  const holding: string[] = [];
  for (const id of batches) {
    const some = await heldBy(stores, site, id);
    for (const account of some) accounts.add(account);
    if (some.length > 0) holding.push(id);
  }
  return { accounts, batches: holding };
};
