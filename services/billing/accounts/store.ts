import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Journal, type JournalTables, journal } from '../../../shared/journal/journal.ts';
import type { Policies } from '../../../shared/policy.ts';
import { dunningWake } from '../dunning/wake.ts';
import { type Account, accountType } from './account.ts';
import { coverOverdue } from './cover.ts';
import type { AccountEvent } from './events.ts';
import { type Ledger, ledgerOf } from './ledger.ts';

export type Accounts = Journal<Account, AccountEvent>;
/** Accounts; what had fallen due on one is decided before any command on it. */
export const accountsIn = (tables: JournalTables, policies: Policies): Accounts =>
  journal(accountType, tables, dunningWake(policies, coverOverdue(journal(accountType, tables))));

/** An account's ledger, from its whole journal. */
export const readLedger = async (accounts: Accounts, site: string, id: string): Promise<Ledger> =>
  ledgerOf(await accounts.whole(site, id));

/** Which accounts a complaint about fees holds: published with the hold, read and removed when the complaint ends. */
export const disputeKey = (site: string, complaint: string, account = '') => ({
  pk: `${site}#dispute#${complaint}`,
  sk: account,
});

/** Accounts that a complaint holds, at most a page of them: a complaint is about one unit. */
export const disputed = async ({ doc, own }: Accounts, site: string, complaint: string): Promise<string[]> => {
  const { Items = [] } = await doc.send(
    new QueryCommand({
      TableName: own,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': disputeKey(site, complaint).pk },
      ConsistentRead: true,
    }),
  );
  return Items.map(({ sk }) => sk as string);
};

/** The complaint has ended; it holds the account no longer. Forgotten before, nothing happens. */
export const forgetDispute = async ({ doc, own }: Accounts, site: string, complaint: string, account: string) => {
  await doc.send(new DeleteCommand({ TableName: own, Key: disputeKey(site, complaint, account) }));
};
