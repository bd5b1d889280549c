import { readFileSync } from 'node:fs';
import type { TableDef } from '../aws/table.ts';
import { type Item, typeOf } from './items.ts';
import type { Write } from './updates.ts';

/**
 * What tests send to the memory tables, by its shape: the operation, its expressions with values as types and attributes
 * that aren't keys as `#` or `%` (plain), the keys of an index, and what else changes what DynamoDB does. One of a
 * transaction or a batch is a shape of its own.
 */
export interface Shape {
  op: string;
  condition?: string;
  update?: string;
  returns?: string;
  /** Of a query: `hash`, `hash/range:type`, with `+` when more than keys is copied; `pk/sk:S` of the table itself. */
  keys?: string;
  backward?: true;
  limit?: true;
  segments?: true;
  consistent?: true;
}

/** Every field the memory tables make something of; any other is refused. */
const WRITE = ['TableName', 'ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];
const READ = ['TableName', 'ConsistentRead', 'Limit', 'ExclusiveStartKey'];
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Get: ['TableName', 'Key', 'ConsistentRead'],
  Put: [...WRITE, 'Item'],
  Update: [...WRITE, 'Key', 'UpdateExpression', 'ReturnValues'],
  Delete: [...WRITE, 'Key'],
  ConditionCheck: [...WRITE, 'Key'],
  Query: [...READ, ...WRITE.slice(2), 'IndexName', 'KeyConditionExpression', 'ScanIndexForward'],
  Scan: [...READ, 'Segment', 'TotalSegments'],
  BatchGet: ['Keys', 'ConsistentRead'],
  BatchPut: ['Item'],
  BatchDelete: ['Key'],
};

const OPERATOR = /^(?:AND|OR|BETWEEN|ADD|SET|attribute_exists|attribute_not_exists|begins_with)$/;
const KEYS = ['pk', 'sk'];

/** Expressions without what is different each time. An attribute that stands in several places is numbered. */
const normalized = (
  texts: readonly (string | undefined)[],
  { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} }: Write,
  keys: readonly string[],
): string[] => {
  const words = (text: string) => (text.match(/#?\b\w+|:\w+/g) ?? []).filter((word) => !OPERATOR.test(word));
  const all = texts.flatMap((text) => words(text ?? '')).map((word) => names[word] ?? word);
  const several = [...new Set(all.filter((word, i) => all.indexOf(word) !== i))];
  return texts.map((text = '') =>
    text.replaceAll(/:\w+|#?\b\w+/g, (word) => {
      if (word.startsWith(':')) return `:${typeOf(values[word])}`;
      if (OPERATOR.test(word)) return word;
      const [mark, attribute] = [word.startsWith('#') ? '#' : '%', names[word] ?? word];
      if (keys.includes(attribute)) return mark === '#' ? `#${attribute}` : attribute;
      return several.includes(attribute) ? `${mark}${several.indexOf(attribute) + 1}` : mark;
    }),
  );
};

/** The terms of an update, each kind once: how many there are of a kind is different each time. */
const eachOnce = (update: string): string =>
  update.replaceAll(/(ADD|SET) (.*?)(?=$| SET )/g, (_, clause, terms: string) => {
    return `${clause} ${[...new Set(terms.split(', '))].sort().join(', ')}`;
  });

const keysOf = ({ hash, range, include }: TableDef['indexes'][number]) =>
  `${hash}${range ? `/${range.name}:${range.type}` : ''}${include ? '+' : ''}`;

/** The shape of one part of a command. @throws Error for a field that the memory tables don't know */
const shapeOf = (op: string, input: Item, def: TableDef | undefined): Shape => {
  const strange = Object.keys(input).filter(
    (name) => input[name] !== undefined && !FIELDS[op.replace('Transact', '')]?.includes(name),
  );
  if (strange.length > 0) throw new Error(`the memory tables don't know ${strange.join()} of ${op}`);
  const index = def?.indexes.find(({ name }) => name === input.IndexName);
  const keys = [...KEYS, ...(def?.indexes ?? []).flatMap(({ hash, range }) => [hash, ...(range ? [range.name] : [])])];
  const texts = [input.UpdateExpression, input.ConditionExpression ?? input.KeyConditionExpression];
  const [update = '', condition = ''] = normalized(texts as string[], input as Write, keys);
  return {
    op,
    ...(op === 'Query' ? { keys: index ? keysOf(index) : 'pk/sk:S' } : {}),
    ...(condition ? { condition } : {}),
    ...(update ? { update: eachOnce(update) } : {}),
    ...(input.ReturnValues === undefined ? {} : { returns: String(input.ReturnValues) }),
    ...(input.ScanIndexForward === false ? { backward: true } : {}),
    ...(input.Limit === undefined ? {} : { limit: true }),
    ...(input.TotalSegments === undefined ? {} : { segments: true }),
    ...(input.ConsistentRead ? { consistent: true } : {}),
  };
};

type Parts = Record<string, Item | undefined>;

/** The parts of a command that are shapes of their own: operation, input, table. */
const partsOf = (op: string, input: Item): [string, Item, string][] => {
  if (op === 'TransactWrite')
    return ((input.TransactItems ?? []) as Parts[]).flatMap((one) =>
      Object.entries(one).map(([kind, write = {}]): [string, Item, string] => [
        `Transact${kind}`,
        write,
        String(write.TableName),
      ]),
    );
  const requests = Object.entries((input.RequestItems ?? {}) as Record<string, Item>);
  if (op === 'BatchGet') return requests.map(([table, asked]) => [op, asked, table]);
  if (op === 'BatchWrite')
    return requests.flatMap(([table, all]) =>
      (all as unknown as Parts[]).map(({ PutRequest, DeleteRequest }): [string, Item, string] =>
        PutRequest ? ['BatchPut', PutRequest, table] : ['BatchDelete', DeleteRequest ?? {}, table],
      ),
    );
  return [[op, input, String(input.TableName)]];
};

/** A line for each shape that is compared with the real engine (test/checks/memory-tables/). */
export const SHAPES = new URL('./fixtures/shapes.txt', import.meta.url);
export const readShapes = (): string[] =>
  readFileSync(SHAPES, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
const known = new Set(readShapes());

/** Sent, and not in that file. */
export const unknownShapes = new Set<string>();

/** Types of values tell shapes apart, values don't: what was seen before needs no second look. */
const seen = new Set<string>();

/** What a shape depends on and more, made quickly: it is made of everything that is sent. */
const rawOf = (op: string, input: Item, table: string): string => {
  let raw = `${op} ${table}`;
  for (const name in input) {
    const value = input[name];
    if (value === undefined) continue;
    raw += `\n${name}`;
    if (name === 'ExpressionAttributeNames') for (const key in value as Item) raw += ` ${key}=${(value as Item)[key]}`;
    else if (name === 'ExpressionAttributeValues')
      for (const key in value as Item) raw += ` ${key}${typeOf((value as Item)[key])}`;
    else if (typeof value === 'string' || typeof value === 'boolean') raw += ` ${value}`;
  }
  return raw;
};

let noting = false;
/** From now on, in this process, what tables in memory are sent is noted. */
export const noteShapes = (): void => {
  noting = true;
};

/** Notes what a command is, when it has no case. @throws Error for a field that the memory tables don't know */
export const noteShape = (command: { input: object }, tableOf: (name: string) => TableDef | undefined): void => {
  if (!noting) return;
  for (const [op, input, table] of partsOf(command.constructor.name.replace('Command', ''), command.input as Item)) {
    const raw = rawOf(op, input, table);
    if (seen.has(raw)) continue;
    const shape = JSON.stringify(shapeOf(op, input, tableOf(table)));
    if (known.has(shape)) seen.add(raw);
    else unknownShapes.add(shape);
  }
};
