import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';

export type Item = Record<string, unknown>;

/** As DynamoDB orders keys of one type. */
export const compare = (a: unknown, b: unknown) =>
  (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;

const TERM = /begins_with\((#?\w+), (:\w+)\)|(#?\w+) BETWEEN (:\w+) AND (:\w+)|(#?\w+) (<=|>=|=|<|>) (:\w+)/g;

/** A key condition: the partition it asks for, and a predicate. @throws Error when it asks for none */
export const conditions = (
  {
    KeyConditionExpression: text = '',
    ExpressionAttributeNames: names = {},
    ExpressionAttributeValues: values = {},
  }: QueryCommandInput,
  partitionKey: string,
) => {
  const terms = [...text.matchAll(TERM)];
  if (text.replace(TERM, '').replaceAll(/ AND |\s/g, '') !== '') throw new Error(`unknown key condition ${text}`);
  const of = (item: Item, name = '') => item[names[name] ?? name];
  const [, , , , , , , , asked = ''] =
    terms.find(([, , , , , , name = '', operator]) => (names[name] ?? name) === partitionKey && operator === '=') ?? [];
  if (!(asked in values)) throw new Error(`no partition in ${text}`);
  const matches = (item: Item): boolean =>
    terms.every(([, prefixed, prefix = '', between, low = '', high = '', name, operator, value = '']) => {
      if (prefixed) return String(of(item, prefixed)).startsWith(String(values[prefix]));
      if (between) return compare(of(item, between), values[low]) >= 0 && compare(of(item, between), values[high]) <= 0;
      const order = compare(of(item, name), values[value]);
      return operator === '='
        ? order === 0
        : operator?.endsWith('=') && order === 0
          ? true
          : operator?.startsWith('<')
            ? order < 0
            : order > 0;
    });
  return { hash: values[asked], matches };
};
