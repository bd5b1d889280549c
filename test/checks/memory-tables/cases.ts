import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { TableDef } from '../../../shared/aws/table.ts';
import type { Item } from '../../../shared/memory-tables/items.ts';
import type { Shape } from '../../../shared/memory-tables/shapes.ts';
import { indexNamed } from './tables.ts';
import { type Draw, PLAIN, STRANGE, type Values } from './values.ts';

/** Expressions of a shape with names and values again, and which types they compare attributes with. */
const filled = (values: Values, texts: readonly (string | undefined)[]) => {
  const names: Record<string, string> = {};
  const given: Item = {};
  const types = new Map<string, string>();
  const left = { '%': [...PLAIN], '#': [...STRANGE] };
  const numbered = new Map<string, string>();
  const attributeFor = (mark: '%' | '#', number: string): string => {
    const known = number === '' ? undefined : numbered.get(number);
    if (known !== undefined) return known;
    const name = left[mark].shift();
    if (name === undefined) throw new Error(`more attributes than there are: ${texts}`);
    if (number !== '') numbered.set(number, name);
    return name;
  };
  const fill = (text: string): string => {
    let attribute = '';
    return text.replaceAll(
      /%(\d*)|#(\d+)?(\w*)|:([A-Z]+|-)|\b(pk|sk|\w+)\b/g,
      (word, plain, number, named, type, bare) => {
        if (type !== undefined) {
          const placeholder = `:v${Object.keys(given).length}`;
          given[placeholder] = values.isKey(attribute) ? values.keyValue(attribute) : values.value(type);
          types.set(attribute, type);
          return placeholder;
        }
        if (bare !== undefined) {
          if (values.isKey(bare)) attribute = bare;
          return word;
        }
        attribute = plain !== undefined ? attributeFor('%', plain) : named || attributeFor('#', number ?? '');
        if (plain !== undefined && values.isKey(attribute)) return attribute;
        if (word.startsWith('%')) return attribute;
        const placeholder = `#n${[...attribute].map((c) => c.charCodeAt(0)).join('')}`;
        names[placeholder] = attribute;
        return placeholder;
      },
    );
  };
  const filledTexts = texts.map((text) => (text === undefined ? undefined : fill(text)));
  const placeholders = {
    ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
    ...(Object.keys(given).length > 0 ? { ExpressionAttributeValues: given } : {}),
  };
  return { texts: filledTexts, placeholders, types };
};

/** An update has one term of each kind, and now several. */
const several = (draw: Draw, update: string | undefined): string | undefined =>
  update?.replaceAll(/(?<=ADD |SET |, )([%#](?: =)? :\w+)/g, (term) => draw(term, `${term}, ${term}`));

const TransactOp = /^Transact(Put|Delete|Update|ConditionCheck)$/;

/** A write of a shape: its input, and the types it compares attributes with. */
const writeOf = (draw: Draw, values: Values, shape: Shape) => {
  const { texts, placeholders, types } = filled(values, [several(draw, shape.update), shape.condition]);
  const [UpdateExpression, ConditionExpression] = texts;
  const isPut = shape.op.endsWith('Put');
  const input = {
    TableName: 'play',
    ...(isPut ? { Item: values.item(types) } : { Key: values.key() }),
    ...(UpdateExpression ? { UpdateExpression } : {}),
    ...(ConditionExpression ? { ConditionExpression } : {}),
    ...(shape.returns ? { ReturnValues: shape.returns } : {}),
    ...placeholders,
  };
  return { input, types };
};

const queryOf = (draw: Draw, values: Values, shape: Shape, table: TableDef) => {
  const { texts, placeholders, types } = filled(values, [shape.condition]);
  const index = indexNamed(table, shape.keys);
  const keys = ['pk', 'sk', ...(index ? [index.hash, ...(index.range ? [index.range.name] : [])] : [])];
  const hash = Object.values((placeholders.ExpressionAttributeValues as Item | undefined) ?? {})[0];
  // Where a page begins needn't lie in the table.
  const start = Object.fromEntries(keys.map((name) => [name, values.keyValue(name)]));
  const input = {
    TableName: 'play',
    ...(index ? { IndexName: index.name } : {}),
    KeyConditionExpression: texts[0],
    ...placeholders,
    ...(shape.backward ? { ScanIndexForward: false } : {}),
    ...(shape.limit ? { Limit: draw(1, 2, 3, 100) } : {}),
    ...(shape.consistent ? { ConsistentRead: true } : {}),
    ...(draw(true, false, false, false) ? { ExclusiveStartKey: { ...start, [index?.hash ?? 'pk']: hash } } : {}),
  };
  return { input, types };
};

export interface Case {
  command: { input: object };
  /** What lies in the table before. */
  before: Item[];
}

/** A case of a shape. @throws Error for an operation that has none */
export const caseOf = (draw: Draw, values: Values, shape: Shape, shapes: readonly Shape[], table: TableDef): Case => {
  const items = (types: ReadonlyMap<string, string> = new Map(), most = 8) =>
    Array.from({ length: draw(1, most >> 1, most) }, () => values.item(types));
  const one = (
    Command: new (input: never) => { input: object },
    { input, types }: ReturnType<typeof writeOf>,
  ): Case => ({
    command: new Command(input as never),
    before: items(types),
  });
  switch (shape.op) {
    case 'Get':
      return {
        command: new GetCommand({
          TableName: 'play',
          Key: values.key(),
          ...(shape.consistent ? { ConsistentRead: true } : {}),
        }),
        before: items(),
      };
    case 'Put':
      return one(PutCommand, writeOf(draw, values, shape));
    case 'Update':
      return one(UpdateCommand, writeOf(draw, values, shape));
    case 'Delete':
      return one(DeleteCommand, writeOf(draw, values, shape));
    case 'Query': {
      const { input, types } = queryOf(draw, values, shape, table);
      return { command: new QueryCommand(input as never), before: items(types, 16) };
    }
    case 'BatchGet': {
      const Keys = Array.from({ length: draw(1, 3, 6) }, values.key);
      const RequestItems = { play: { Keys, ...(shape.consistent ? { ConsistentRead: true } : {}) } };
      return { command: new BatchGetCommand({ RequestItems }), before: items() };
    }
    case 'BatchPut':
    case 'BatchDelete': {
      const make = () =>
        shape.op === 'BatchPut'
          ? { PutRequest: { Item: values.item(new Map()) } }
          : { DeleteRequest: { Key: values.key() } };
      const requests = Array.from({ length: draw(1, 2, 4) }, make);
      return { command: new BatchWriteCommand({ RequestItems: { play: requests } }), before: items() };
    }
    default: {
      if (!TransactOp.test(shape.op)) throw new Error(`no case for ${shape.op}`);
      const transacted = shapes.filter(({ op }) => TransactOp.test(op));
      const parts = [shape, ...Array.from({ length: draw(0, 1, 3) }, () => draw(...transacted))];
      const writes = parts.map((part) => ({
        kind: TransactOp.exec(part.op)?.[1] ?? '',
        ...writeOf(draw, values, part),
      }));
      const before = writes.flatMap(({ types }) => items(types, 4));
      const command = new TransactWriteCommand({ TransactItems: writes.map(({ kind, input }) => ({ [kind]: input })) });
      return { command, before };
    }
  }
};
