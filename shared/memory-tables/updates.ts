import { checkPlaceholders, type Placeholders, readOnce } from './expressions.ts';
import { type Item, invalid, typeOf } from './items.ts';

/** A write to one item, of whatever command. */
export interface Write extends Placeholders {
  TableName?: string | undefined;
  Item?: Item | undefined;
  Key?: Item | undefined;
  /** `ADD #a :a, …`, `SET #s = :s, …`, or one after the other. */
  UpdateExpression?: string | undefined;
  ConditionExpression?: string | undefined;
}

const terms = (list: string, between: string) =>
  list
    .split(', ')
    .filter((one) => one !== '')
    .map((one) => one.split(between) as [string, string]);

/** @throws Error for an update of a form that nobody has sent yet */
const readUpdate = readOnce((text) => {
  const [, adds = '', sets = ''] = /^(?:ADD (.*?))?(?:^| |$)(?:SET (.*))?$/.exec(text) ?? [];
  const all = [
    ...terms(adds, ' ').map(([name, value]) => ({ adds: true, name, value })),
    ...terms(sets, ' = ').map(([name, value]) => ({ adds: false, name, value })),
  ];
  if (all.length === 0 || all.some(({ value }) => !/^:\w+$/.test(value ?? '')))
    throw new Error(`unknown update ${text}`);
  return all;
});

/** DynamoDB counts in decimals: a tenth and two tenths are three. Whole numbers are exact by themselves. */
const sum = (a: number, b: number): number => (Number.isInteger(a + b) ? a + b : Number((a + b).toPrecision(15)));

/** What doesn't depend on an item. @throws DynamoDBServiceException for an update that DynamoDB refuses at once */
export const checkWrite = ({ UpdateExpression, ConditionExpression, ...given }: Write): void => {
  checkPlaceholders([UpdateExpression, ConditionExpression], given);
  if (UpdateExpression === undefined) return;
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = given;
  const seen = new Set<string>();
  for (const { adds, name, value } of readUpdate(UpdateExpression)) {
    const attribute = names[name] ?? name;
    if (seen.has(attribute)) throw invalid(`two document paths overlap with each other: ${attribute}`);
    seen.add(attribute);
    if (attribute === 'pk' || attribute === 'sk') throw invalid(`${attribute} is part of the key`);
    if (adds && typeOf(values[value]) !== 'N') throw invalid('incorrect operand type for operator or function: ADD');
  }
};

/** An item after an update; a number that isn't there counts as 0. @throws DynamoDBServiceException when what it adds to is none */
export const updated = (
  item: Item,
  expression: string,
  { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} }: Placeholders,
): Item => {
  const changes = readUpdate(expression).map(({ adds, name, value }) => {
    const attribute = names[name] ?? name;
    // Nothing (`null`) is something, and no number.
    const before = attribute in item ? item[attribute] : 0;
    if (!adds) return [attribute, values[value]];
    if (typeof before !== 'number') throw invalid('an operand in the update expression has an incorrect data type');
    return [attribute, sum(before, values[value] as number)];
  });
  return { ...item, ...Object.fromEntries(changes) };
};
