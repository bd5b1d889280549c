import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { getAll } from '../aws/many.ts';
import type { TransactItem } from '../aws/transact-item.ts';
import type { EventDef, NewEvent } from '../domain/events.ts';
import type { Obligation } from '../domain/obligation.ts';
import { Refusal } from '../domain/refusal.ts';
import { personalItem } from '../people/personal.ts';
import type { PersonalText } from '../people/personal-text.ts';
import type { Instant } from '../time/clock.ts';
import { untilWritten } from './again.ts';
import { append, type Current, overfull } from './aggregate.ts';
import { fallenFirst, type IdempotencyKey, keyOf, recordRefusal, refusedBefore } from './execute.ts';
import type { Journal } from './journal.ts';
import { KEY, type KeyItem } from './layout.ts';
import { seenAs } from './seen.ts';

/** What DynamoDB takes in one transaction. */
const ITEMS = 100;

export interface Together<S, D extends EventDef> {
  site: string;
  /** One at least; the first has the key. */
  ids: readonly string[];
  now: Instant;
  by: string;
  idempotencyKey: IdempotencyKey;
  /** The id of what it makes: told again with the answer. */
  made?: string | undefined;
  /** Pure: what happens to each, in the order of the ids; decided again when somebody else wrote first. */
  decide(all: readonly Current<S>[]): NewEvent<D>[][] | Refusal;
  personal?: readonly PersonalText[] | undefined;
  extraItems?: readonly TransactItem[] | undefined;
}

/**
 * Decides on several aggregates of one journal and records it exactly once, on all of them or on none: one transaction.
 * Like `execute`; for a few of them, as many as a transaction holds.
 * @throws Refusal
 */
export const executeTogether = async <S extends { owed: Obligation[] }, D extends EventDef>(
  journal: Journal<S, D>,
  { site, ids, now, by, idempotencyKey, made, decide, personal = [], extraItems = [] }: Together<S, D>,
): Promise<{ all: Current<S>[]; at: Instant; made: string | undefined }> => {
  const { doc, own, type, personal: texts } = journal;
  const keyPk = keyOf(site, idempotencyKey);
  const isAsSeen = seenAs(journal, idempotencyKey.seen);
  return untilWritten(async () => {
    const [[key], heads] = await Promise.all([
      getAll({ doc, table: own }, [{ pk: keyPk, sk: KEY }]),
      journal.heads(site, ids),
    ]);
    if (key) {
      const done = key as unknown as KeyItem;
      refusedBefore(done, idempotencyKey);
      const all = done.all ?? [];
      const then = await Promise.all(all.map(({ aggregate, to }) => journal.asOf(site, aggregate, to)));
      return { all: then, at: done.at, made: done.made };
    }
    if (heads[0] && !(await isAsSeen(heads[0]))) return undefined;
    const before = await Promise.all(heads.map((head) => fallenFirst(journal, head, now)));
    // The key is older than these heads: the same command may have been done meanwhile.
    if (before.some(({ version }, i) => version !== heads[i]?.version)) return undefined;
    const wanted = decide(before);
    const written =
      wanted instanceof Refusal ? [] : before.map((current, i) => append(type, current, wanted[i] ?? [], now, by));
    const full = written.map(({ next }, i) => overfull(type, before[i]?.state, next.state)).find(Boolean);
    const decided = full ?? wanted;
    const item = {
      pk: keyPk,
      sk: KEY,
      body: idempotencyKey.body,
      aggregate: ids[0] as string,
      from: 0,
      at: now,
    } as const;
    if (decided instanceof Refusal) {
      if (await recordRefusal(journal, { ...item, to: 0 }, decided)) throw decided;
      return undefined;
    }
    const all = written.map(({ next: { id, version } }) => ({ aggregate: id, to: version }));
    const width = await journal.duePartitions();
    const items = written.flatMap(({ events, next }, i) => {
      const { version: from, state } = before[i] as Current<S>;
      return events.length === 0 ? [] : journal.items({ next, from, before: state, events, personal: [] }, width);
    });
    const record: KeyItem = { ...item, to: all[0]?.to ?? 0, all, ...(made === undefined ? {} : { made }) };
    const absent = 'attribute_not_exists(pk)';
    const keyed: TransactItem[] = [
      { Put: { TableName: own, Item: record, ConditionExpression: absent } },
      ...personal.map((text) => ({
        Put: { TableName: texts as string, Item: personalItem(site, text), ConditionExpression: absent },
      })),
    ];
    if (items.length + keyed.length + extraItems.length > ITEMS) {
      throw new Refusal('rule', 'request.too-much-together');
    }
    await doc.send(new TransactWriteCommand({ TransactItems: [...items, ...keyed, ...extraItems] }));
    return { all: written.map(({ next }) => next), at: now, made };
  });
};
