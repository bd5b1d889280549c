import { type Item, invalid } from './items.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

/** What the placeholders of expressions stand for. */
export interface Placeholders {
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Item | undefined;
}

const WORDS = /[#:]?\w+/g;
const OPERATORS = new Set([
  'AND',
  'OR',
  'BETWEEN',
  'ADD',
  'SET',
  'attribute_exists',
  'attribute_not_exists',
  'begins_with',
]);

/** Checked before: the same texts with the same placeholders are sent again and again. */
const sound = new Set<string>();

/**
 * What DynamoDB asks of expressions and their placeholders before it looks at an item: each of them stands for
 * something, all are used, and no attribute is named by a reserved word.
 * @throws DynamoDBServiceException otherwise
 */
export const checkPlaceholders = (
  texts: readonly (string | undefined)[],
  { ExpressionAttributeNames: names, ExpressionAttributeValues: values }: Placeholders,
): void => {
  let key = '';
  for (const text of texts) if (text !== undefined) key += `${text}\n`;
  for (const name in names) key += ` ${name}`;
  for (const name in values) if (values[name] !== undefined) key += ` ${name}`;
  if (sound.has(key)) return;
  const given = [
    ...Object.keys(names ?? {}),
    ...Object.keys(values ?? {}).filter((name) => values?.[name] !== undefined),
  ];
  const all = texts.filter((text) => text !== undefined).join('\n');
  const used = new Set(all.match(WORDS) ?? []);
  if (values && given.every((name) => !name.startsWith(':')))
    throw invalid('ExpressionAttributeValues must not be empty');
  for (const name of given) if (!used.has(name)) throw invalid(`${name} is provided and unused in expressions`);
  for (const word of used) {
    const isPlaceholder = word.startsWith('#') || word.startsWith(':');
    if (isPlaceholder && !given.includes(word)) throw invalid(`${word} is used in an expression and not defined`);
    if (!isPlaceholder && !OPERATORS.has(word) && RESERVED_WORDS.has(word.toUpperCase()))
      throw invalid(`attribute name is a reserved keyword: ${word}`);
  }
  sound.add(key);
};

/** Reads a text once, however often it is sent. */
export const readOnce = <T>(read: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = read(text);
    known.set(text, made);
    return made;
  };
};
