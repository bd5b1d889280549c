import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { getAll, queryPages, writeAll } from '../../../shared/aws/many.ts';
import { CASES_INDEX } from '../figures/contract-store.ts';
import {
  type AccountRow,
  type CellRow,
  type CellSelection,
  cellKey,
  cellRowOf,
  escapedInKey,
  listOf,
  partition,
  postedOf,
  prefixOf,
  rowItem,
  rowKey,
  seenOf,
} from './items.ts';
import type { CellKey, MoneyCell, PostedAccount, Posting } from './post.ts';

const ifStill = (before: PostedAccount | undefined) =>
  before === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'seen = :seen', ExpressionAttributeValues: { ':seen': seenOf(before) } };

/** Cells in a page, at most: so many are held at once of what is folded. A site's months of ten years are one page. */
export const PAGE = 1_000;

export const collectionIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }) => {
  /** How far accounts are posted; consistent. Those of which nothing is posted are absent. */
  const posted = async (site: string, accounts: readonly string[]): Promise<Map<string, AccountRow>> => {
    const items = await getAll(
      { doc, table: own },
      accounts.map((account) => rowKey(site, account)),
    );
    return new Map(items.flatMap((item) => postedOf(item) ?? []).map((row) => [row.account, row]));
  };

  const increment = (site: string, { key, money, asOf }: MoneyCell) => {
    const amounts = Object.entries(money);
    return {
      TableName: own,
      Key: cellKey(site, key),
      UpdateExpression: `ADD v :v, ${amounts.map((_, i) => `#a${i} :a${i}`).join(', ')} SET asOf = :asOf`,
      ExpressionAttributeNames: Object.fromEntries(amounts.map(([name], i) => [`#a${i}`, name])),
      ExpressionAttributeValues: {
        ':v': 1,
        ':asOf': asOf,
        ...Object.fromEntries(amounts.map(([, fen], i) => [`:a${i}`, fen])),
      },
    };
  };

  /**
   * Accounts' rows and the cells that their lines count in: one transaction. Lines that cancel each other out move
   * nothing.
   * @throws TransactionCanceledException when somebody posted one of the accounts first
   */
  const commit = async (site: string, { rows, cells }: Posting): Promise<void> => {
    const puts = [...rows].map(([account, { before, after }]) => ({
      Put: { TableName: own, Item: rowItem(site, account, after), ...ifStill(before) },
    }));
    const moved = [...cells.values()].filter(({ money }) => Object.keys(money).length > 0);
    const updates = moved.map((cell) => ({ Update: increment(site, cell) }));
    const [only] = puts;
    if (only && puts.length === 1 && updates.length === 0) await doc.send(new PutCommand(only.Put));
    else await writeAll(doc, [...puts, ...updates]);
  };

  /** The cells of a level, of all months, a page at a time: a level grows with the years. @param consistent for who compares */
  async function* pages(
    site: string,
    by: CellKey['by'],
    level: CellSelection,
    consistent = false,
  ): AsyncGenerator<CellRow[]> {
    const found = queryPages(
      { doc, table: own },
      {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :level)',
        ExpressionAttributeValues: { ':pk': partition(site, by), ':level': prefixOf(level) },
        ConsistentRead: consistent,
        Limit: PAGE,
      },
    );
    for await (const items of found) yield items.flatMap((item) => cellRowOf(item) ?? []);
  }

  /** All of them at once; for a building, whose accounts are at hand too. */
  const cells = async (...of: Parameters<typeof pages>): Promise<CellRow[]> => {
    const all: CellRow[] = [];
    for await (const page of pages(...of)) all.push(...page);
    return all;
  };

  /** The accounts of a building, one page, in order of their ids. @param after the last id of the page before */
  const accounts = async (site: string, building: string, limit: number, after = ' ') => {
    const { Items = [], LastEvaluatedKey } = await doc.send(
      new QueryCommand({
        TableName: own,
        IndexName: CASES_INDEX,
        KeyConditionExpression: '#list = :list AND id > :after',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: { ':list': listOf(site, building), ':after': after },
        Limit: limit,
      }),
    );
    return { accounts: Items.map(({ id }) => id as string), more: LastEvaluatedKey !== undefined };
  };

  /** The first building after another that has cells; `undefined` when there is none. */
  const nextBuilding = async (site: string, after?: string): Promise<string | undefined> => {
    const { Items = [] } = await doc.send(
      new QueryCommand({
        TableName: own,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': partition(site, 'entered'),
          // `$` comes after `#`: after every item of that building.
          ':from': after === undefined ? 'b#' : `b#${escapedInKey(after)}$`,
          ':to': 'b$',
        },
        Limit: 1,
        ConsistentRead: true,
      }),
    );
    return Items[0] && cellRowOf(Items[0])?.key.building;
  };

  /** Whether a building has any cells. */
  const hasCells = async (site: string, building: string): Promise<boolean> => {
    const { Items = [] } = await doc.send(
      new QueryCommand({
        TableName: own,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :level)',
        ExpressionAttributeValues: { ':pk': partition(site, 'entered'), ':level': prefixOf({ building }) },
        Limit: 1,
        ConsistentRead: true,
      }),
    );
    return Items.length > 0;
  };

  /** Puts a cell right. @throws ConditionalCheckFailedException when it was written since */
  const setCell = async ({ site, key, version, money, asOf }: CellRow): Promise<void> => {
    await doc.send(
      new PutCommand({
        TableName: own,
        Item: { ...cellKey(site, key), v: version + 1, ...money, ...(asOf === undefined ? {} : { asOf }) },
        ...(version === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': version } }),
      }),
    );
  };

  /** Puts an account's row right, and nothing else. @throws ConditionalCheckFailedException when it was written since */
  const setPosted = async ({ site, account, ...before }: AccountRow, after: PostedAccount): Promise<void> => {
    await doc.send(new PutCommand({ TableName: own, Item: rowItem(site, account, after), ...ifStill(before) }));
  };

  return { posted, commit, pages, cells, accounts, nextBuilding, hasCells, setCell, setPosted };
};
export type Collection = ReturnType<typeof collectionIn>;
