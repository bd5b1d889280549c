import { expect, it } from 'vitest';
import { latencyOf } from './latency.ts';

const waits = (service: string, target = '') =>
  latencyOf({
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=fn/20300505/us-east-1/${service}/aws4_request`,
      'x-amz-target': target,
    },
  });

it('waits as long as is declared of the service that is called, for a transaction twice', () => {
  expect(waits('dynamodb', 'DynamoDB_20120810.GetItem')).toBe(5);
  expect(waits('dynamodb', 'DynamoDB_20120810.TransactWriteItems')).toBe(10);
  expect(waits('s3')).toBe(100);
  expect(waits('events', 'AWSEvents.PutEvents')).toBe(20);
});
