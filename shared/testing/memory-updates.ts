import type { Item } from './memory-conditions.ts';

/** A write to one item, of whatever command. */
export interface Write {
  TableName?: string | undefined;
  Item?: Item | undefined;
  Key?: Item | undefined;
  /** `ADD #a :a, …`, `SET #s = :s, …`, or one after the other. */
  UpdateExpression?: string | undefined;
  ConditionExpression?: string | undefined;
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Item | undefined;
}

/** Numbers added to those of an item, one that isn't there counting as 0. */
export const added = (
  item: Item,
  expression: string,
  { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} }: Write,
): Item => {
  const [, adds = '', sets = ''] = /^(?:ADD (.*?))?(?:^| |$)(?:SET (.*))?$/.exec(expression) ?? [];
  if (adds + sets === '') throw new Error(`unknown update ${expression}`);
  const terms = (list: string) => list.split(', ').filter((one) => one !== '');
  const changes = terms(adds).map((term) => {
    const [name = '', value = ''] = term.split(' ');
    const attribute = names[name] ?? name;
    return [attribute, ((item[attribute] as number) ?? 0) + (values[value] as number)];
  });
  for (const term of terms(sets)) {
    const [name = '', value = ''] = term.split(' = ');
    if (!(value in values)) throw new Error(`unknown update ${expression}`);
    changes.push([names[name] ?? name, values[value] as number]);
  }
  return { ...item, ...Object.fromEntries(changes) };
};
