import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../shared/clock.ts';
import { aggregateKey, EVENT_PREFIX } from '../../shared/journal/layout.ts';
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
type Key = Record<string, unknown>;

/** Where a rebuild stands: in which table's journals, or (after them) in the rows and days, and after which item. */
export interface Cursor {
  pass: number;
  after?: Key | undefined;
}

/**
 *   pk `rebuild#<id>`   sk `state`    where it stands
 *                       sk `d#<what>` one difference: a row or a day, once however often it is found
 */
export interface Rebuild {
  id: string;
  status: 'running' | 'done';
  /** Steps done; a message about another step is a stray one. */
  step: number;
  cursor: Cursor;
  repair: boolean;
  startedAt: Instant;
  by: string;
  /** Hash of the request, as of every idempotent command. */
  body: string;
  events: number;
  rows: number;
  days: number;
}

export interface Difference {
  site: string;
  what: string;
  found: unknown;
  expected: unknown;
}

export interface Done {
  events: number;
  rows: number;
  days: number;
}

const STATE = 'state';
const pkOf = (id: string) => `rebuild#${id}`;

export const rebuildsIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }) => {
  /** @returns the one that stands: this, or the one started before under the same id */
  const start = async (rebuild: Rebuild): Promise<Rebuild> => {
    try {
      const Item = { pk: pkOf(rebuild.id), sk: STATE, ...rebuild };
      await doc.send(new PutCommand({ TableName: own, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
      return rebuild;
    } catch (error) {
      const stands = error instanceof ConditionalCheckFailedException ? await read(rebuild.id) : undefined;
      if (!stands) throw error;
      return stands;
    }
  };

  const read = async (id: string): Promise<Rebuild | undefined> => {
    const { Item } = await doc.send(
      new GetCommand({ TableName: own, Key: { pk: pkOf(id), sk: STATE }, ConsistentRead: true }),
    );
    return Item as Rebuild | undefined;
  };

  /** One step further, and what it looked at; done without a next cursor. @returns false when somebody else took it */
  const advance = async ({ id, step }: Rebuild, cursor: Cursor | undefined, done: Done): Promise<boolean> => {
    try {
      await doc.send(
        new UpdateCommand({
          TableName: own,
          Key: { pk: pkOf(id), sk: STATE },
          UpdateExpression:
            'SET #step = :next, #cursor = :cursor, #status = :status ADD #events :events, #rows :rows, #days :days',
          ConditionExpression: '#step = :step',
          ExpressionAttributeNames: Object.fromEntries(
            ['step', 'cursor', 'status', 'events', 'rows', 'days'].map((name) => [`#${name}`, name]),
          ),
          ExpressionAttributeValues: {
            ':step': step,
            ':next': step + 1,
            ':cursor': cursor ?? {},
            ':status': cursor ? 'running' : 'done',
            ':events': done.events,
            ':rows': done.rows,
            ':days': done.days,
          },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  const note = async (id: string, differences: readonly Difference[]): Promise<void> => {
    for (const difference of differences) {
      const Item = { pk: pkOf(id), sk: `d#${difference.what}`, ...difference };
      await doc.send(new PutCommand({ TableName: own, Item }));
    }
  };

  /** How many differences there are, and the first of them. */
  const differences = async (id: string, examples: number): Promise<{ count: number; examples: Difference[] }> => {
    const found: Difference[] = [];
    let count = 0;
    let from: Key | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await doc.send(
        new QueryCommand({
          TableName: own,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :d)',
          ExpressionAttributeValues: { ':pk': pkOf(id), ':d': 'd#' },
          ExclusiveStartKey: from,
        }),
      );
      count += Items.length;
      found.push(...(Items as unknown as Difference[]).slice(0, examples - found.length));
      from = LastEvaluatedKey;
    } while (from);
    return { count, examples: found };
  };

  /** One page of the reporting table, whatever lies there. */
  const items = (limit: number, after: Key | undefined) => scan(doc, own, limit, after);

  return { start, read, advance, note, differences, items };
};
export type Rebuilds = ReturnType<typeof rebuildsIn>;

const scan = async (doc: DynamoDBDocumentClient, table: string, limit: number, after: Key | undefined) => {
  const { Items = [], LastEvaluatedKey } = await doc.send(
    new ScanCommand({ TableName: table, Limit: limit, ExclusiveStartKey: after, ConsistentRead: true }),
  );
  return { items: Items, next: LastEvaluatedKey };
};

/** The journals of other services by the layout they all share (`shared/journal/layout.ts`). */
export const journalsIn = ({ doc, tables }: { doc: DynamoDBDocumentClient; tables: Record<JournalTable, string> }) => {
  /** One page of a journal's table, its events only. */
  const events = async (journal: JournalTable, limit: number, after: Key | undefined) => {
    const { items, next } = await scan(doc, tables[journal], limit, after);
    return { events: items.filter(({ sk }) => (sk as string).startsWith(EVENT_PREFIX)) as unknown as Seen[], next };
  };

  /** The whole journal of one aggregate; consistent. */
  const history = async (journal: JournalName, site: string, id: string): Promise<Seen[]> => {
    const found: Seen[] = [];
    let from: Key | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await doc.send(
        new QueryCommand({
          TableName: tables[TABLE_OF[journal]],
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :e)',
          ExpressionAttributeValues: { ':pk': aggregateKey(site, journal, id), ':e': EVENT_PREFIX },
          ExclusiveStartKey: from,
          ConsistentRead: true,
        }),
      );
      found.push(...(Items as unknown as Seen[]));
      from = LastEvaluatedKey;
    } while (from);
    return found;
  };

  return { events, history };
};
export type Journals = ReturnType<typeof journalsIn>;
