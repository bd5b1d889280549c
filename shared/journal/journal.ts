import { type DynamoDBDocumentClient, GetCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { getAll } from '../aws/many.ts';
import type { TransactItem } from '../aws/transact-item.ts';
import type { Envelope, EventDef } from '../domain/events.ts';
import type { Obligation } from '../domain/obligation.ts';
import { causeNow } from '../lambda/run.ts';
import { erasure, personalItem } from '../people/personal.ts';
import type { GoneText, PersonalText } from '../people/personal-text.ts';
import type { Instant } from '../time/clock.ts';
import {
  type AggregateType,
  type Current,
  countedAnew,
  eventItem,
  foundAnew,
  headItem,
  type Published,
  refold,
  type Wake,
} from './aggregate.ts';
import { countItem } from './count-item.ts';
import {
  aggregateKey,
  DUE_INDEX,
  EVENT_PREFIX,
  type EventItem,
  eventKey,
  HEAD,
  type HeadItem,
  KEY,
  type KeyItem,
  LIST_INDEX,
  listPartition,
} from './layout.ts';

/** Where a service's journals lie. */
export interface JournalTables {
  doc: DynamoDBDocumentClient;
  own: string;
  /** Where erasable texts lie; absent for a service that keeps none. */
  personal?: string | undefined;
  /** How many partitions of the due index heads are spread over; one when absent. */
  duePartitions?: (() => Promise<number>) | undefined;
}

export interface Page<T> {
  items: T[];
  /** Where the next page begins; absent on the last. */
  next?: string;
}

/** What one command writes, together or not at all. */
export interface Write {
  next: Current<unknown>;
  from: number;
  /** The state before; needed of what is counted. */
  before?: unknown;
  events: Envelope[];
  personal: readonly PersonalText[];
  gone?: readonly GoneText[] | undefined;
  key?: KeyItem | undefined;
  published?: Published | undefined;
  /** Further items that belong to the same moment. */
  extraItems?: readonly TransactItem[] | undefined;
}

/** Events in one page of a journal. */
const PAGE = 500;

/** The journal of one type of aggregate in one table: the only place that knows how it is read and written. */
export const journal = <S extends { owed: Obligation[] }, D extends EventDef>(
  type: AggregateType<S, D>,
  { doc, own, personal, duePartitions = async () => 1 }: JournalTables,
  /** What falls due by itself: decided before any command, so that none undoes it (`fallenFirst`). */
  fallsDue?: Wake<S, D>,
) => {
  const pk = (site: string, id: string) => aggregateKey(site, type.type, id);
  const current = (site: string, id: string, item: Record<string, unknown> | undefined): Current<S> => ({
    site,
    id,
    version: (item as HeadItem<S> | undefined)?.v ?? 0,
    state: (item as HeadItem<S> | undefined)?.state,
    ...(item?.cause === undefined ? {} : { cause: item.cause as string }),
  });

  /** A consistent read of the head. */
  const head = async (site: string, id: string): Promise<Current<S>> => {
    const { Item } = await doc.send(
      new GetCommand({ TableName: own, Key: { pk: pk(site, id), sk: HEAD }, ConsistentRead: true }),
    );
    return current(site, id, Item);
  };

  /** Consistent reads of many heads, in the order of their ids. */
  const heads = async (site: string, ids: readonly string[]): Promise<Current<S>[]> => {
    const found = await getAll(
      { doc, table: own },
      ids.map((id) => ({ pk: pk(site, id), sk: HEAD })),
    );
    const byPk = new Map(found.map((item) => [item.pk, item]));
    return ids.map((id) => current(site, id, byPk.get(pk(site, id))));
  };

  /** One consistent round trip for what an idempotent command starts from. */
  const headAndKey = async (site: string, id: string, keyPk: string) => {
    const items = await getAll({ doc, table: own }, [
      { pk: pk(site, id), sk: HEAD },
      { pk: keyPk, sk: KEY },
    ]);
    return {
      current: current(
        site,
        id,
        items.find((item) => item.sk === HEAD),
      ),
      done: items.find((item) => item.sk === KEY) as unknown as KeyItem | undefined,
    };
  };

  /** Events after version `after`, oldest first. */
  const history = async (site: string, id: string, limit = 1000, after = 0): Promise<EventItem[]> => {
    const events: EventItem[] = [];
    // A page ends at a megabyte, however many were asked for.
    for (let more = true; more && events.length < limit; ) {
      const { Items = [], LastEvaluatedKey } = await doc.send(
        new QueryCommand({
          TableName: own,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: {
            ':pk': pk(site, id),
            ':from': eventKey(after + events.length + 1),
            ':to': `${EVENT_PREFIX}~`,
          },
          Limit: Math.min(PAGE, limit - events.length),
          ConsistentRead: true,
        }),
      );
      events.push(...(Items as EventItem[]));
      more = LastEvaluatedKey !== undefined;
    }
    return events;
  };
  /** All of an aggregate's events, oldest first. */
  const whole = (site: string, id: string) => history(site, id, Number.MAX_SAFE_INTEGER);

  /** The aggregate as it was at a version: what an answer was once rendered from. */
  const asOf = async (site: string, id: string, version: number): Promise<Current<S>> => {
    const events = version === 0 ? [] : await history(site, id, version);
    return { site, id, version, state: refold(type, events) };
  };

  /**
   * What the list index says of a site's unfinished or finished aggregates, newest first, whatever they have become since: for
   * who has to miss nobody. The index follows a moment later than the heads do.
   * @param before the `next` of the page before
   */
  const walk = async (site: string, finished: boolean, limit: number, before?: string): Promise<Page<Current<S>>> => {
    const partition = listPartition(site, type.type, finished);
    const { Items = [], LastEvaluatedKey } = await doc.send(
      new QueryCommand({
        TableName: own,
        IndexName: LIST_INDEX,
        KeyConditionExpression: before === undefined ? '#list = :list' : '#list = :list AND id < :before',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: { ':list': partition, ...(before === undefined ? {} : { ':before': before }) },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    const found = await heads(
      site,
      Items.map((item) => item.id as string),
    );
    const last = Items.at(-1);
    return { items: found, ...(LastEvaluatedKey && last ? { next: last.id as string } : {}) };
  };

  /**
   * A site's aggregates, newest first, unfinished or finished as the heads say that were read together; one that has moved is
   * left out. A page may hold fewer than `limit`, never one twice.
   * @param before the `next` of the page before
   */
  const list: typeof walk = async (site, finished, limit, before) => {
    const { items, ...page } = await walk(site, finished, limit, before);
    return { ...page, items: items.filter(({ state }) => state !== undefined && type.finished(state) === finished) };
  };

  /** One page of what wakes up between two instants (both included): all sites and types of a due partition. */
  const due = async (partition: number, since: Instant, until: Instant, from?: Record<string, unknown>) => {
    const { Items = [], LastEvaluatedKey } = await doc.send(
      new QueryCommand({
        TableName: own,
        IndexName: DUE_INDEX,
        KeyConditionExpression: 'due = :due AND wakeAt BETWEEN :since AND :until',
        ExpressionAttributeValues: { ':due': `due#${partition}`, ':since': since, ':until': until },
        ExclusiveStartKey: from,
        Limit: 100,
      }),
    );
    return {
      items: Items.map((item) => {
        const [site = '', type = '', id = ''] = (item.pk as string).split('#');
        return { site, type, id, wakeAt: item.wakeAt as Instant };
      }),
      next: LastEvaluatedKey,
    };
  };

  /**
   * Puts events n+1…, the head if its version is still n, the personal texts, the key's record and what is published.
   * A published item is its aggregate's (`of`): nobody else overwrites it, which makes its key unique.
   * @param partitions over how many the due index is spread (`duePartitions`)
   */
  const items = (
    { next, from, before, events, personal: texts, gone = [], key, published, extraItems }: Write,
    partitions = 1,
  ): TransactItem[] => {
    const absent = 'attribute_not_exists(pk)';
    const led = causeNow();
    const cause = led === undefined ? {} : { cause: led };
    const head = { ...headItem(type, next as Current<S>, partitions), ...cause };
    const counted = countedAnew(type, before as S | undefined, next as Current<S>);
    const found = foundAnew(type, before as S | undefined, next as Current<S>);
    return [
      {
        Put:
          from === 0
            ? { TableName: own, Item: head, ConditionExpression: absent }
            : { TableName: own, Item: head, ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': from } },
      },
      ...events.map((event) => ({
        Put: { TableName: own, Item: eventItem(type.type, { ...event, ...cause }), ConditionExpression: absent },
      })),
      ...texts.map((text) => ({
        Put: { TableName: personal as string, Item: personalItem(next.site, text), ConditionExpression: absent },
      })),
      ...gone.map((text) => erasure(personal as string, next.site, text)),
      ...(key ? [{ Put: { TableName: own, Item: key, ConditionExpression: absent } }] : []),
      ...(published?.put ?? []).map((item) => ({
        Put: {
          TableName: own,
          Item: { ...item, of: next.id },
          ConditionExpression: `${absent} OR #of = :of`,
          ExpressionAttributeNames: { '#of': 'of' },
          ExpressionAttributeValues: { ':of': next.id },
        },
      })),
      ...(published?.remove ?? []).map(({ pk, sk }) => ({ Delete: { TableName: own, Key: { pk, sk } } })),
      ...(published?.absent ?? []).map(({ pk, sk }) => ({
        ConditionCheck: { TableName: own, Key: { pk, sk }, ConditionExpression: absent },
      })),
      ...found.put.map((item) => ({ Put: { TableName: own, Item: item } })),
      ...found.remove.map((item) => ({ Delete: { TableName: own, Key: item } })),
      ...(counted ? [countItem(own, counted)] : []),
      ...(extraItems ?? []),
    ];
  };

  /** In another's transaction: that an aggregate is still as it was read. */
  const unmoved = ({ site, id, version }: Pick<Current<S>, 'site' | 'id' | 'version'>): TransactItem => ({
    ConditionCheck: {
      TableName: own,
      Key: { pk: pk(site, id), sk: HEAD },
      ...(version === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': version } }),
    },
  });

  /** One transaction. */
  const write = async (what: Write): Promise<void> => {
    await doc.send(new TransactWriteCommand({ TransactItems: items(what, await duePartitions()) }));
  };

  return {
    type,
    own,
    personal,
    doc,
    fallsDue,
    head,
    heads,
    headAndKey,
    history,
    whole,
    asOf,
    walk,
    list,
    due,
    duePartitions,
    items,
    unmoved,
    write,
  };
};

export type Journal<S extends { owed: Obligation[] }, D extends EventDef> = ReturnType<typeof journal<S, D>>;
