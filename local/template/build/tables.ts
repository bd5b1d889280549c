import type { KeySchema, TableModel } from '../../model.ts';
import { arnOf, type Fields, type Inventory, list, optional } from './inventory.ts';

export function buildTables(inventory: Inventory): TableModel[] {
  const global = inventory.ofType('AWS::DynamoDB::GlobalTable');
  for (const table of global) {
    const regions = list<Fields>(table.properties.Replicas).map((replica) => replica.Region);
    if (regions.length !== 1 || regions[0] !== inventory.region) {
      inventory.note(table, `Replicas: only one in ${inventory.region} is known here, not ${regions.join(', ')}`);
    }
  }
  return [...global, ...inventory.ofType('AWS::DynamoDB::Table')].map((resource) => {
    const { properties, identity } = resource;
    const view = (properties.StreamSpecification as { StreamViewType?: string } | undefined)?.StreamViewType;
    const ends = (properties.TimeToLiveSpecification as { AttributeName?: string } | undefined)?.AttributeName;
    return {
      logicalId: resource.logicalId,
      arn: arnOf(resource),
      name: identity.ref,
      key: keySchema(properties.KeySchema),
      attributes: Object.fromEntries(
        list<Fields>(properties.AttributeDefinitions).map((one) => [one.AttributeName, one.AttributeType]),
      ),
      indexes: list<Fields>(properties.GlobalSecondaryIndexes).map((index) => {
        const projection = index.Projection as { ProjectionType: 'ALL'; NonKeyAttributes?: string[] };
        return {
          name: String(index.IndexName),
          key: keySchema(index.KeySchema),
          projection: projection.ProjectionType,
          ...optional('include', projection.NonKeyAttributes),
        };
      }),
      ...optional('ends', ends),
      ...optional(
        'stream',
        view ? { arn: identity.attributes.StreamArn as string, view: view as 'NEW_IMAGE' } : undefined,
      ),
    };
  });
}

function keySchema(value: unknown): KeySchema {
  const of = (type: string) => list<Fields>(value).find((key) => key.KeyType === type)?.AttributeName;
  return { hash: String(of('HASH')), ...optional('range', of('RANGE') as string | undefined) };
}
