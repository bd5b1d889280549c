import { isDeepStrictEqual } from 'node:util';
import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { checkPlaceholders, type Placeholders, readOnce } from './expressions.ts';
import { compare, type Item, invalid, typeOf } from './items.ts';

interface Term {
  /** `=`, `<=`, … or a function's name. */
  operator: string;
  name: string;
  /** Placeholders of its values. */
  values: string[];
}

const COMPARED = '(#?\\w+) (<=|>=|<>|=|<|>) (:\\w+)';
const TERM = new RegExp(`^(?:(attribute_exists|attribute_not_exists)\\((#?\\w+)\\)|${COMPARED})$`);
const KEY_TERM = new RegExp(`begins_with\\((#?\\w+), (:\\w+)\\)|(#?\\w+) BETWEEN (:\\w+) AND (:\\w+)|${COMPARED}`, 'g');

/** @throws Error for a condition of a form that nobody has sent yet */
const readCondition = readOnce((text): Term[][] =>
  text.split(' OR ').map((all) =>
    all
      .replace(/^\((.* AND .*)\)$/, '$1')
      .split(' AND ')
      .map((one) => {
        const [matched, test, tested = '', name = '', operator = '', value = ''] = TERM.exec(one) ?? [];
        if (matched === undefined) throw new Error(`unknown condition ${text}`);
        return test ? { operator: test, name: tested, values: [] } : { operator, name, values: [value] };
      }),
  ),
);

const holds = (operator: string, is: unknown, [low]: readonly unknown[]): boolean => {
  if (operator === 'attribute_exists') return is !== undefined;
  if (operator === 'attribute_not_exists') return is === undefined;
  if (operator === '=') return is === low || isDeepStrictEqual(is, low);
  if (operator === '<>') return is !== low && !isDeepStrictEqual(is, low);
  // Of another type is neither more nor less.
  if (typeOf(is) !== typeOf(low)) return false;
  const order = compare(is, low);
  if (operator.endsWith('=') && order === 0) return true;
  return operator.startsWith('<') ? order < 0 : order > 0;
};

/** Whether a write's condition holds of the item before it. */
export const isMet = (
  condition: string | undefined,
  { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} }: Placeholders,
  before: Item | undefined,
): boolean =>
  condition === undefined ||
  readCondition(condition).some((all) =>
    all.every(({ operator, name, values: of }) =>
      holds(
        operator,
        before?.[names[name] ?? name],
        of.map((one) => values[one]),
      ),
    ),
  );

/** Where a range lies to what a key condition asks for: before it (below 0), in it (0), or after it. */
const sideOf = (operator: string, is: unknown, [low, high]: readonly unknown[]): number => {
  if (operator === 'begins_with' && (is as string).startsWith(low as string)) return 0;
  const order = compare(is, low);
  if (operator === '=' || operator === 'begins_with') return order;
  if (operator === 'BETWEEN') return order < 0 ? order : Math.max(0, compare(is, high));
  const isIn = order === 0 ? operator.endsWith('=') : operator.startsWith('<') === order < 0;
  return isIn ? 0 : operator.startsWith('<') ? 1 : -1;
};

const readKeyCondition = readOnce((text): Term[] => {
  if (text.replace(KEY_TERM, '').replaceAll(/ AND |\s/g, '') !== '') throw new Error(`unknown key condition ${text}`);
  return [...text.matchAll(KEY_TERM)].map(
    ([, prefixed, prefix = '', between, low = '', high = '', name, operator, value = '']) => {
      if (prefixed) return { operator: 'begins_with', name: prefixed, values: [prefix] };
      if (between) return { operator: 'BETWEEN', name: between, values: [low, high] };
      return { operator: operator ?? '', name: name ?? '', values: [value] };
    },
  );
});

/**
 * A key condition: the partition it asks for, and where an item of it lies: before what is asked for (below 0), in it (0), or after it.
 * @throws DynamoDBServiceException for one that the keys don't serve
 */
export const keyConditions = (
  { KeyConditionExpression: text = '', ...given }: QueryCommandInput,
  keys: { hash: string; range?: { name: string; type: string } | undefined },
) => {
  checkPlaceholders([text], given);
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = given;
  const terms = readKeyCondition(text).map(({ operator, name, values: of }) => ({
    operator,
    name: names[name] ?? name,
    values: of.map((one) => values[one]),
  }));
  const [partition, ...others] = terms.filter(({ name, operator }) => name === keys.hash && operator === '=');
  const ranges = terms.filter(({ name }) => name === keys.range?.name);
  if (!partition || others.length > 0 || ranges.length > 1 || terms.length > 1 + ranges.length)
    throw invalid(`query key condition not supported: ${text}`);
  for (const { name, operator, values: of } of terms) {
    const type = name === keys.hash ? 'S' : keys.range?.type;
    for (const value of of) {
      if (typeOf(value) !== type) throw invalid(`condition parameter type does not match schema type: ${name}`);
      if (value === '') throw invalid(`a key attribute cannot contain an empty string value: ${name}`);
    }
    if (operator === 'BETWEEN' && compare(of[0], of[1]) > 0)
      throw invalid('BETWEEN requires upper bound to be greater');
    if (operator === '<>') throw invalid(`query key condition not supported: ${text}`);
  }
  const [range] = ranges;
  const side = (item: Item): number =>
    range === undefined ? 0 : sideOf(range.operator, item[range.name], range.values);
  return { hash: partition.values[0], side };
};
