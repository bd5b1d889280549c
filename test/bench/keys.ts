import { type Consumed, itemSize, writeUnits } from '../../local/gateway/capacity.ts';
import type { OnUse } from '../../local/gateway/index.ts';
import { leadingKeys } from '../../local/gateway/leading-keys.ts';
import type { Deployment, TableModel } from '../../local/model.ts';
import { SITE } from './group.ts';
import { entryBytes, type Item, itemBytes, type Moved, moves, scaled, text } from './key-rules.ts';
import { nameOf, shapeOf } from './shape.ts';

/** What was used of the partition keys of one shape, in a table or one of its indexes. */
export interface KeyUse {
  table: string;
  index?: string;
  /** A partition key with its ids taken out: `{site}#contact#{id}`. */
  key: string;
  readUnits: number;
  writeUnits: number;
  /** Items written: what the table's stream tells, where it has one. */
  records: number;
  /** Of those, new journal events: what the stream's readers are called with. */
  events: number;
  /** By how many bytes it grew, index entries included. Of what is only updated in place, nothing. */
  bytes: number;
}

type Operation = { TableName?: string; Item?: Item; Key?: Item; Keys?: Item[] } & Record<string, unknown>;
type Kind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';
type Write = [kind: Kind, operation: Operation];

/** A transaction writes every item twice over. */
const TRANSACTED = 2;
const FIELDS = ['readUnits', 'writeUnits', 'records', 'events', 'bytes'] as const;
const READS = /^(Get|BatchGet|Query|Scan|Receive)/;
const SINGLE: Record<string, Kind> = { PutItem: 'Put', UpdateItem: 'Update', DeleteItem: 'Delete' };

/**
 * Watches what passes the gateway and says on which partition keys it fell. Begin it with the cloud: it knows what it saw.
 * @param timetable functions whose reads are nobody's doing: they look whether there is anything to do
 */
export const watchKeys = ({ tables }: Pick<Deployment, 'tables'>, timetable: ReadonlySet<string> = new Set()) => {
  let uses = new Map<string, KeyUse>();
  let calls: Record<string, number> = {};
  const known = new Map<string, Item>();

  const use = (table: string, index: string | undefined, pk: string, by: Partial<KeyUse>) => {
    const key = shapeOf(pk, SITE);
    const name = `${table} ${index ?? ''} ${key}`;
    const none = { readUnits: 0, writeUnits: 0, records: 0, events: 0, bytes: 0 };
    const one = uses.get(name) ?? { table, ...(index ? { index } : {}), key, ...none };
    for (const field of FIELDS) one[field] += by[field] ?? 0;
    uses.set(name, one);
  };

  /** What an item was, and what it is now; of an update in place only its key is known. */
  const changed = (
    model: TableModel,
    [kind, operation]: Write,
  ): [before: Item | undefined, after: Item | undefined] => {
    const { pk, sk } = (operation.Item ?? operation.Key ?? {}) as Item;
    const id = JSON.stringify([model.name, pk, sk]);
    const before = known.get(id);
    if (kind === 'Update') return [before, before];
    if (kind === 'Delete') known.delete(id);
    else known.set(id, operation.Item as Item);
    return [before, operation.Item];
  };

  const write = (model: TableModel, writes: readonly Write[], used: Consumed, times: number) => {
    const table = nameOf(model);
    const pkOf = ([, operation]: Write) => leadingKeys(model, operation)[0] ?? '';
    const indexes = Object.entries(used.GlobalSecondaryIndexes ?? {});
    const inIndexes = indexes.reduce((sum, [, one]) => sum + (one.CapacityUnits ?? 0), 0);
    const base = used.Table?.CapacityUnits ?? (used.CapacityUnits ?? 0) - inIndexes;
    const unitsOf = ([, { Item: item }]: Write) => (item ? times * writeUnits(itemSize(item as never)) : 0);
    const told = writes.reduce((sum, one) => sum + unitsOf(one), 0);
    const others = writes.filter(([, { Item: item }]) => !item).length;
    const rest = others > 0 ? Math.max(0, base - told) / others : 0;
    const parts = writes.map((one) => ({ key: pkOf(one), units: one[1].Item ? unitsOf(one) : rest }));
    for (const { key, units } of scaled(parts, base)) use(table, undefined, key, { writeUnits: units });

    const moved: Moved[] = [];
    for (const one of writes.filter(([kind]) => kind !== 'ConditionCheck')) {
      const [before, after] = changed(model, one);
      const bytes = [after, before].map(
        (item) => itemBytes(item) + model.indexes.reduce((sum, index) => sum + entryBytes(index, item), 0),
      );
      const isEvent = text(one[1].Item?.sk).startsWith('e#');
      use(table, undefined, pkOf(one), {
        records: 1,
        events: isEvent ? 1 : 0,
        bytes: (bytes[0] ?? 0) - (bytes[1] ?? 0),
      });
      moved.push(...model.indexes.flatMap((index) => moves(index, before, after)));
    }
    for (const [name, { CapacityUnits = 0 }] of indexes) {
      const those = moved.filter(({ index }) => index === name);
      for (const { key, units } of scaled(those, CapacityUnits)) use(table, name, key, { writeUnits: units });
    }
  };

  const read = (model: TableModel, operation: Operation, { CapacityUnits = 0 }: Consumed) => {
    const index = operation.IndexName as string | undefined;
    const keys = operation.Keys?.map((key) => text(key[model.key.hash])) ?? leadingKeys(model, operation);
    const parts = (keys.length > 0 ? keys : ['(scan)']).map((key) => ({ key, units: 1 }));
    for (const { key, units } of scaled(parts, CapacityUnits)) use(nameOf(model), index, key, { readUnits: units });
  };

  const onUse: OnUse = ({ principal, service, action, body }, capacity) => {
    if (timetable.has(principal) && READS.test(action)) return;
    const call = `${service}.${action}`;
    calls[call] = (calls[call] ?? 0) + 1;
    for (const used of capacity) {
      const model = tables.find(({ name }) => name === used.TableName);
      if (!model) continue;
      const single = SINGLE[action];
      if (single) write(model, [[single, body]], used, 1);
      else if (action === 'TransactWriteItems') {
        const all = (body.TransactItems as Record<Kind, Operation>[]).flatMap((one) => Object.entries(one) as Write[]);
        write(
          model,
          all.filter(([, { TableName }]) => TableName === model.name),
          used,
          TRANSACTED,
        );
      } else if (action === 'BatchGetItem') {
        read(model, (body.RequestItems as Record<string, Operation>)[model.name] ?? {}, used);
      } else read(model, body, used);
    }
  };

  return {
    onUse,
    /** What was used, and how often each action was called, since the last time. */
    take(): { keys: KeyUse[]; calls: Record<string, number> } {
      const taken = { keys: [...uses.values()], calls };
      uses = new Map();
      calls = {};
      return taken;
    },
  };
};
