import { type DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { queryAll } from '../../../shared/aws/many.ts';
import type { Recorded } from '../../../shared/domain/events.ts';
import { aggregateKey, EVENT_PREFIX, eventKey, LIST_INDEX, listPartition } from '../../../shared/journal/layout.ts';
import type { AccountEvent } from '../../billing/events.ts';
import type { Seen } from './measures/measure.ts';

/** The tables whose journals figures come from, in the order in which they are walked. */
export const JOURNALS = ['contacts', 'complaints', 'callbacks', 'billing'] as const;
export type JournalTable = (typeof JOURNALS)[number];
/** The journals that are read whole, and where each lies. */
export const TABLE_OF = {
  contact: 'contacts',
  complaint: 'complaints',
  callback: 'callbacks',
  account: 'billing',
  letter: 'billing',
  slip: 'billing',
} as const satisfies Record<string, JournalTable>;
export type JournalName = keyof typeof TABLE_OF;
export type StartKey = Record<string, unknown>;

/** One of the slices that a table is walked in side by side. */
export interface Slice {
  n: number;
  of: number;
}

/** One page of a slice of a table, whatever lies there; consistent. */
export const scan = async (
  doc: DynamoDBDocumentClient,
  table: string,
  limit: number,
  after: StartKey | undefined,
  { n, of }: Slice,
) => {
  const { Items = [], LastEvaluatedKey } = await doc.send(
    new ScanCommand({
      TableName: table,
      Segment: n,
      TotalSegments: of,
      Limit: limit,
      ExclusiveStartKey: after,
      ConsistentRead: true,
    }),
  );
  return { items: Items, next: LastEvaluatedKey };
};

/** The journal of one aggregate after a version, oldest first; consistent. */
const history = async (
  { doc, table }: { doc: DynamoDBDocumentClient; table: string },
  { type, site, id, after }: { type: JournalName; site: string; id: string; after: number },
): Promise<Seen[]> => {
  const items = await queryAll(
    { doc, table },
    {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': aggregateKey(site, type, id),
        ':from': eventKey(after + 1),
        ':to': `${EVENT_PREFIX}~`,
      },
      ConsistentRead: true,
    },
  );
  return items as unknown as Seen[];
};

/** Accounts' journals alone, for whoever reads no others. @param table billing's */
export const ledgersIn =
  ({ doc, table }: { doc: DynamoDBDocumentClient; table: string }) =>
  async (site: string, id: string, after = 0) =>
    (await history({ doc, table }, { type: 'account', site, id, after })) as Recorded<AccountEvent>[];
export type Ledgers = ReturnType<typeof ledgersIn>;

/** The journals of other services by the layout they all share (`shared/journal/layout.ts`). */
export const journalsIn = ({ doc, tables }: { doc: DynamoDBDocumentClient; tables: Record<JournalTable, string> }) => {
  /** One page of a journal's table, its events only. */
  const events = async (journal: JournalTable, limit: number, after: StartKey | undefined, slice: Slice) => {
    const { items, next } = await scan(doc, tables[journal], limit, after, slice);
    return { events: items.filter(({ sk }) => (sk as string).startsWith(EVENT_PREFIX)) as unknown as Seen[], next };
  };

  /** A site's aggregates between two ids (both included), unfinished or finished, one page. @param after the page's last before */
  const ids = async (
    { type, site, finished }: { type: JournalName; site: string; finished: boolean },
    [from, to]: readonly [from: string, to: string],
    limit: number,
    after?: string,
  ): Promise<{ ids: string[]; next: string | undefined }> => {
    const { Items = [], LastEvaluatedKey } = await doc.send(
      new QueryCommand({
        TableName: tables[TABLE_OF[type]],
        IndexName: LIST_INDEX,
        KeyConditionExpression: '#list = :list AND id BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: {
          ':list': listPartition(site, type, finished),
          // `!` comes before whatever an id goes on with: the first after that one.
          ':from': after === undefined ? from : `${after}!`,
          ':to': to,
        },
        Limit: limit,
      }),
    );
    const found = Items.map(({ id }) => id as string);
    return { ids: found, next: LastEvaluatedKey ? found.at(-1) : undefined };
  };

  return {
    events,
    ids,
    /** The whole journal of one aggregate. */
    history: (type: JournalName, site: string, id: string) =>
      history({ doc, table: tables[TABLE_OF[type]] }, { type, site, id, after: 0 }),
    ledgers: ledgersIn({ doc, table: tables.billing }),
  };
};
export type Journals = ReturnType<typeof journalsIn>;
