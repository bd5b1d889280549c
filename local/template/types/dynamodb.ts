import { arn, type ResourceType, type Self } from '../resource.ts';
import { ENCRYPTION, LABELS, OBSERVED, USED } from '../shape.ts';

const THROUGHPUT = 'no effect: ceilings';
const RECOVERY = 'no effect: recovery';

const identify = (self: Self) => {
  const name = self.name('TableName');
  const table = arn(self, 'dynamodb', `table/${name}`);
  const attributes: Record<string, string> = { Arn: table, TableId: name };
  // The label is the stream's creation time on AWS; here it only has to be the same in every policy and mapping.
  if (self.property('StreamSpecification')) attributes.StreamArn = `${table}/stream/2026-01-01T00:00:00.000`;
  return { ref: name, attributes };
};

const INDEX = {
  IndexName: USED,
  KeySchema: { AttributeName: USED, KeyType: ['HASH', 'RANGE'] },
  Projection: { ProjectionType: ['ALL', 'KEYS_ONLY', 'INCLUDE'], NonKeyAttributes: USED },
} as const;

const COMMON = {
  TableName: USED,
  AttributeDefinitions: { AttributeName: USED, AttributeType: ['S', 'N', 'B'] },
  KeySchema: { AttributeName: USED, KeyType: ['HASH', 'RANGE'] },
  BillingMode: ['PAY_PER_REQUEST'],
  TimeToLiveSpecification: { AttributeName: USED, Enabled: [true] },
  SSESpecification: ENCRYPTION,
  WarmThroughput: THROUGHPUT,
} as const;

const ONE_TABLE = {
  DeletionProtectionEnabled: RECOVERY,
  PointInTimeRecoverySpecification: RECOVERY,
  ContributorInsightsSpecification: OBSERVED,
  TableClass: 'no effect: price',
  Tags: LABELS,
} as const;

export const dynamodbTypes: Record<string, ResourceType> = {
  'AWS::DynamoDB::GlobalTable': {
    shape: {
      ...COMMON,
      GlobalSecondaryIndexes: {
        ...INDEX,
        WriteOnDemandThroughputSettings: THROUGHPUT,
        WarmThroughput: THROUGHPUT,
      },
      StreamSpecification: { StreamViewType: USED },
      WriteOnDemandThroughputSettings: THROUGHPUT,
      Replicas: {
        ...ONE_TABLE,
        Region: USED,
        SSESpecification: ENCRYPTION,
        ReadOnDemandThroughputSettings: THROUGHPUT,
        GlobalSecondaryIndexes: {
          IndexName: USED,
          ContributorInsightsSpecification: OBSERVED,
          ReadOnDemandThroughputSettings: THROUGHPUT,
        },
      },
    },
    identify,
  },
  'AWS::DynamoDB::Table': {
    shape: {
      ...COMMON,
      ...ONE_TABLE,
      GlobalSecondaryIndexes: { ...INDEX, OnDemandThroughput: THROUGHPUT, ContributorInsightsSpecification: OBSERVED },
      StreamSpecification: { StreamViewType: USED },
      OnDemandThroughput: THROUGHPUT,
    },
    identify,
  },
};
