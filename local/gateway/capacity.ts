/**
 * DynamoDB's request units where the engine's answer doesn't tell them. Source: "Read and write operations" in the
 * DynamoDB developer guide.
 */
type Value = Record<string, unknown>;
type Item = Record<string, Value>;

/** Bytes an item counts for: names and values in UTF-8, numbers about half a byte a digit, 3 a container. */
export function itemSize(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);
}

function valueSize(value: Value): number {
  const [type, content] = Object.entries(value)[0] as [string, unknown];
  switch (type) {
    case 'S':
      return Buffer.byteLength(content as string);
    case 'N':
      return Math.ceil((content as string).replace(/[-.]/g, '').length / 2) + 1;
    case 'B':
      return Buffer.byteLength(content as string, 'base64');
    case 'SS':
    case 'NS':
    case 'BS':
      return (content as string[]).reduce((sum, one) => sum + valueSize({ [type.charAt(0)]: one }), 3);
    case 'L':
      return (content as Value[]).reduce((sum, one) => sum + 1 + valueSize(one), 3);
    case 'M':
      return 3 + Object.keys(content as Item).length + itemSize(content as Item);
    default:
      return 1;
  }
}

/** Write units for so many bytes: one per KB begun, at least one. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));

/**
 * What a write costs that its condition refused: as much as if it had happened, twice in a transaction. Of an item
 * that is only named by its key, the size isn't known here and counts as up to one KB.
 */
export function refusedWriteUnits(body: Record<string, unknown>): number {
  const one = (operation: Record<string, unknown>) => writeUnits(operation.Item ? itemSize(operation.Item as Item) : 0);
  const items = body.TransactItems as Record<string, Record<string, unknown>>[] | undefined;
  if (!items) return one(body);
  return items.reduce((sum, item) => sum + 2 * one(Object.values(item)[0] ?? {}), 0);
}

/** What an answer says a table's part of a request used; by index where that was asked for. */
export interface Consumed {
  TableName?: string;
  CapacityUnits?: number;
  ReadCapacityUnits?: number;
  WriteCapacityUnits?: number;
  Table?: { CapacityUnits?: number };
  GlobalSecondaryIndexes?: Record<string, { CapacityUnits?: number }>;
}

/** Sums what an answer's ConsumedCapacity says; a plain number is a read or a write by the kind of action. */
export function consumed(answer: Consumed | Consumed[] | undefined, isWrite: boolean): { read: number; write: number } {
  const total = { read: 0, write: 0 };
  for (const one of answer === undefined ? [] : Array.isArray(answer) ? answer : [answer]) {
    const split = one.ReadCapacityUnits !== undefined || one.WriteCapacityUnits !== undefined;
    const whole = one.CapacityUnits ?? 0;
    total.read += split ? (one.ReadCapacityUnits ?? 0) : isWrite ? 0 : whole;
    total.write += split ? (one.WriteCapacityUnits ?? 0) : isWrite ? whole : 0;
  }
  return total;
}
