import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { TableDef } from '../aws/table.ts';

export type Item = Record<string, unknown>;

/** As DynamoDB refuses what makes no sense, whatever lies in the table. */
export const invalid = (message: string): DynamoDBServiceException =>
  new DynamoDBServiceException({ name: 'ValidationException', $fault: 'client', message, $metadata: {} });

/** DynamoDB's own limits, bytes: what a test must not get away with. */
const ITEM_BYTES = 400 * 1024;
const KEY_BYTES = { pk: 2048, sk: 1024 };

/** What DynamoDB calls a value's type; '-' of one that the SDK doesn't send. @throws Error for one that the SDK refuses */
export const typeOf = (value: unknown): string => {
  if (value === undefined) return '-';
  if (value === null) return 'NULL';
  if (typeof value === 'string') return 'S';
  if (typeof value === 'boolean') return 'BOOL';
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new Error(`${value} is not stored`);
    return 'N';
  }
  if (Array.isArray(value)) return 'L';
  if (value instanceof Uint8Array) return 'B';
  const made = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined;
  if (made !== Object.prototype && made !== null)
    throw new Error(`a ${made?.constructor.name ?? typeof value} is not stored`);
  return 'M';
};

/** How many bytes DynamoDB counts of a value that lies in a table; an item's is that of its names and values. */
const bytesOf = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).replace(/\D/g, '').length / 2) + 1;
  if (typeof value !== 'object' || value === null) return 1;
  if (value instanceof Uint8Array) return value.byteLength;
  let bytes = 3;
  if (Array.isArray(value)) for (const one of value) bytes += 1 + bytesOf(one);
  else for (const name in value) bytes += 1 + Buffer.byteLength(name) + bytesOf((value as Item)[name]);
  return bytes;
};

/** What an item has in bytes at the most, which is counted faster, and exactly, once that was asked for. */
interface Size {
  most: number;
  exactly?: number;
}
/** Each item that lies in a table has its size with it: weak maps of so many items slow every collection of garbage down. */
const SIZE = Symbol('size');
const known = (item: Item): Size | undefined => (item as { [SIZE]?: Size })[SIZE];

/** An item that lies in a table, in bytes: as a map of as many names, which has 3 more, and 1 for each. */
export const sizeOf = (item: Item): number => {
  const size = known(item);
  if (size?.exactly !== undefined) return size.exactly;
  const bytes = bytesOf(item) - 3 - Object.keys(item).length;
  if (size) size.exactly = bytes;
  return bytes;
};

/** What an item that lies in a table has in bytes at the most. */
export const mostOf = (item: Item): number => known(item)?.most ?? sizeOf(item);

/** Whether items that lie in a table are so large together. */
export const areLarger = (items: readonly Item[], bytes: number): boolean => {
  const atMost = items.reduce((sum, item) => sum + mostOf(item), 0);
  return atMost > bytes && items.reduce((sum, item) => sum + sizeOf(item), 0) > bytes;
};

/** A copy without what is undefined, frozen, so that every reader may have the same; adds what it has in bytes at the most. */
const copied = (value: unknown, size: Size): unknown => {
  if (typeof value === 'string') {
    size.most += 3 * value.length;
    return value;
  }
  size.most += 21;
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    for (const one of value) if (one !== undefined) copy.push(copied(one, size));
    size.most += copy.length;
    return Object.freeze(copy);
  }
  const type = typeOf(value);
  if (type === 'M') return Object.freeze(fieldsOf(value as Item, size));
  if (type !== 'B') return value;
  size.most += (value as Uint8Array).byteLength;
  // Bytes can't be frozen.
  return Uint8Array.from(value as Uint8Array);
};
const fieldsOf = (value: Item, size: Size): Item => {
  const copy: Item = {};
  for (const name in value) {
    const one = value[name];
    if (one === undefined) continue;
    size.most += 1 + 3 * name.length;
    copy[name] = copied(one, size);
  }
  return copy;
};

/** An item as it lies in a table; one that came from there is that already. */
export const stored = (item: Item): Item => {
  if (known(item)) return item;
  if (typeOf(item) !== 'M') throw invalid('an item is a map');
  const size: Size = { most: 0 };
  return Object.freeze(Object.defineProperty(fieldsOf(item, size), SIZE, { value: size }));
};

const checkFilled = (name: string, value: unknown): void => {
  if (value === '') throw invalid(`a key attribute cannot contain an empty string value: ${name}`);
};

/** An attribute that a key is made of. @throws DynamoDBServiceException of one that no key is made of */
const keyValue = (name: string, value: unknown, type: string): void => {
  if (typeOf(value) !== type) throw invalid(`type mismatch for key ${name}: ${type} is expected, not ${typeOf(value)}`);
  checkFilled(name, value);
};

/** What a transaction refuses of an item before it looks at any: empty keys, and more than an item may hold. @throws DynamoDBServiceException then */
export const checkAlone = ({ indexes }: TableDef, item: Item): void => {
  for (const name of ['pk', 'sk']) checkFilled(name, item[name]);
  for (const { hash, range } of indexes) {
    for (const [name, type] of [[hash, 'S'] as const, ...(range ? [[range.name, range.type] as const] : [])]) {
      // The first that is wrong is what it is refused for; another type is that item's own reason.
      if (name in item && typeOf(item[name]) !== type) return;
      checkFilled(name, item[name]);
    }
  }
  if (areLarger([item], ITEM_BYTES)) throw invalid('item size has exceeded the maximum allowed size');
};

/** A whole primary key, and nothing else. @throws DynamoDBServiceException otherwise */
export const checkKey = (key: Item = {}): void => {
  for (const name in key)
    if (name !== 'pk' && name !== 'sk') throw invalid('the provided key element does not match the schema');
  for (const name of ['pk', 'sk'] as const) {
    keyValue(name, key[name], 'S');
    const text = key[name] as string;
    if (3 * text.length > KEY_BYTES[name] && Buffer.byteLength(text) > KEY_BYTES[name])
      throw invalid(`${name} has more than ${KEY_BYTES[name]} bytes`);
  }
};

/** What a table takes as an item, as it lies there then. @throws DynamoDBServiceException for what it doesn't take */
export const asStored = ({ indexes }: TableDef, given: Item): Item => {
  const item = stored(given);
  checkKey({ pk: item.pk, sk: item.sk });
  for (const { hash, range } of indexes) {
    if (hash in item) keyValue(hash, item[hash], 'S');
    if (range && range.name in item) keyValue(range.name, item[range.name], range.type);
  }
  if (areLarger([item], ITEM_BYTES)) throw invalid('item size has exceeded the maximum allowed size');
  return item;
};

export const keyOf = (item: Item) => `${item.pk}\n${item.sk}`;

export const pick = (item: Item, names: readonly string[]): Item => {
  const picked: Item = {};
  for (const name of names) if (name in item) picked[name] = item[name];
  return picked;
};

/** Texts are ordered by their bytes in UTF-8: what takes two UTF-16 units comes after all that takes one. */
const place = (unit: number) => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

/** As DynamoDB orders values of one type. */
export const compare = (a: unknown, b: unknown): number => {
  if (typeof a !== 'string' || typeof b !== 'string') return Math.sign((a as number) - (b as number));
  if (a === b) return 0;
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return Math.sign(place(x) - place(y));
  }
  return Math.sign(a.length - b.length);
};
