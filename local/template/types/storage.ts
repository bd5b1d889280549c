import { byLogicalId, type ResourceType } from '../resource.ts';
import { ENCRYPTION, LABELS, OBSERVED, USED } from '../shape.ts';

/** S3 takes lower-case names only. */
const LONGEST_NAME = 63;

export const storageTypes: Record<string, ResourceType> = {
  'AWS::S3::Bucket': {
    shape: {
      BucketName: USED,
      BucketEncryption: ENCRYPTION,
      LifecycleConfiguration: 'no effect: price',
      LoggingConfiguration: OBSERVED,
      OwnershipControls: { Rules: { ObjectOwnership: ['BucketOwnerEnforced'] } },
      PublicAccessBlockConfiguration: 'no effect: nobody comes in but through the gateway',
      Tags: LABELS,
    },
    identify: (self) => {
      const name = self.name('BucketName', LONGEST_NAME).toLowerCase();
      return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } };
    },
  },
  'AWS::S3::BucketPolicy': { shape: { Bucket: USED, PolicyDocument: USED }, identify: byLogicalId },
};
