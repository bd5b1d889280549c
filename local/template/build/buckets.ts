import type { BucketModel, PolicyStatement } from '../../model.ts';
import { arnOf, type Inventory, statements } from './inventory.ts';

/** Every bucket. A bucket policy may say one thing, that calls come over TLS; any other is noted as a problem. */
export function buildBuckets(inventory: Inventory): BucketModel[] {
  for (const policy of inventory.ofType('AWS::S3::BucketPolicy')) {
    inventory.find('AWS::S3::Bucket', policy.properties.Bucket, policy);
    if (!statements(policy.properties.PolicyDocument).every(asksForTls)) {
      inventory.note(policy, 'of bucket policies only the refusal of calls without TLS is known here');
    }
  }
  return inventory.ofType('AWS::S3::Bucket').map((resource) => ({
    logicalId: resource.logicalId,
    arn: arnOf(resource),
    name: resource.identity.ref,
  }));
}

/** A call to the gateway is taken to come over TLS. */
const asksForTls = ({ Effect, Condition }: PolicyStatement): boolean =>
  Effect === 'Deny' && String(Condition?.Bool?.['aws:SecureTransport']) === 'false';
