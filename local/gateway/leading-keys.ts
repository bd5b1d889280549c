import type { TableModel } from '../model.ts';

type Body = Record<string, unknown>;
type Attributes = Record<string, Record<string, unknown>> | undefined;

/**
 * The partition key values one operation touches, as IAM's dynamodb:LeadingKeys sees them: of the table, or of the
 * index it reads. Empty when the operation names none (a Scan).
 */
export function leadingKeys(table: TableModel, operation: Body): string[] {
  const index = table.indexes.find(({ name }) => name === operation.IndexName);
  const hash = (index ?? table).key.hash;
  const whole = (operation.Key ?? operation.Item) as Attributes;
  const value = whole ? whole[hash] : queried(operation, hash);
  return value ? [scalar(value)] : [];
}

/** A typed attribute value as text: `{S: 'a'}` is `a`. */
const scalar = (value: Record<string, unknown>): string => String(Object.values(value)[0]);

function queried(operation: Body, hash: string): Record<string, unknown> | undefined {
  const names = operation.ExpressionAttributeNames as Record<string, string> | undefined;
  const values = operation.ExpressionAttributeValues as Attributes;
  const comparisons = String(operation.KeyConditionExpression ?? '').matchAll(/([\w#.-]+)\s*=\s*(:[\w.-]+)/g);
  for (const [, name = '', placeholder = ''] of comparisons) {
    if ((names?.[name] ?? name) === hash) return values?.[placeholder];
  }
  return undefined;
}
