import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { queryAll } from '../../../shared/aws/many.ts';
import type { Directory } from '../../../shared/directory/units.ts';
import { type JournalTables, journal } from '../../../shared/journal/journal.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import type { Accounts } from './aggregate.ts';
import { accountType } from './aggregate.ts';
import { coverOverdue } from './cover.ts';
import { dunningWake } from './ladder/wake.ts';
import { type Ledger, ledgerOf } from './ledger/ledger.ts';

/** Accounts; what had fallen due on one is decided before any command on it. */
export const accountsIn = (tables: JournalTables, on: Directory & { policies: Policies }): Accounts =>
  journal(accountType, tables, dunningWake(on.policies, coverOverdue(journal(accountType, tables), on)));

/** An account's ledger, from its whole journal. */
export const readLedger = async (accounts: Accounts, site: string, id: string): Promise<Ledger> =>
  ledgerOf(await accounts.whole(site, id));

/** Which accounts a complaint holds, or has a person asked about: published with that, read and removed when it ends. */
export const disputeKey = (site: string, complaint: string, account = '') => ({
  pk: `${site}#dispute#${complaint}`,
  sk: account,
});
/** In place of an account: the complaint has ended. It stays, for what is heard of its beginning afterwards. */
const OVER = 'over';

/** Accounts that a complaint is about, at most a page of them since it is about one unit, and whether it has ended. */
export const disputed = async (
  { doc, own }: Accounts,
  site: string,
  complaint: string,
): Promise<{ accounts: string[]; over: boolean }> => {
  const { Items = [] } = await doc.send(
    new QueryCommand({
      TableName: own,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': disputeKey(site, complaint).pk },
      ConsistentRead: true,
    }),
  );
  const found = Items.map(({ sk }) => sk as string);
  return { accounts: found.filter((sk) => sk !== OVER), over: found.includes(OVER) };
};

/** Which accounts money that nobody has claimed is probably of: published with the mark, removed with it. */
export const proposedKey = (site: string, remittance: string, account = '') => ({
  pk: `${site}#proposed#${remittance}`,
  sk: account,
});
export const proposedTo = async ({ doc, own }: Accounts, site: string, remittance: string): Promise<string[]> => {
  const from = { doc, table: own };
  const items = await queryAll(from, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': proposedKey(site, remittance).pk },
    ConsistentRead: true,
  });
  return items.map(({ sk }) => sk as string);
};

const awaitedPk = (site: string, unit: string) => `${site}#awaited#${unit}`;
/** A complaint of a unit some of whose payers have no account yet. It stays: whether it is over is asked of its end. */
export const awaitAccounts = async ({ doc, own }: Accounts, site: string, unit: string, complaint: string) => {
  await doc.send(new PutCommand({ TableName: own, Item: { pk: awaitedPk(site, unit), sk: complaint } }));
};
export const awaited = async ({ doc, own }: Accounts, site: string, unit: string): Promise<string[]> => {
  const from = { doc, table: own };
  const items = await queryAll(from, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': awaitedPk(site, unit) },
    ConsistentRead: true,
  });
  return items.map(({ sk }) => sk as string);
};

/** The complaint has ended, whatever is heard of it later. */
export const endDispute = async ({ doc, own }: Accounts, site: string, complaint: string) => {
  await doc.send(new PutCommand({ TableName: own, Item: disputeKey(site, complaint, OVER) }));
};

/** The complaint is about the account no longer. Forgotten before, nothing happens. */
export const forgetDispute = async ({ doc, own }: Accounts, site: string, complaint: string, account: string) => {
  await doc.send(new DeleteCommand({ TableName: own, Key: disputeKey(site, complaint, account) }));
};
