import { S3Client } from '@aws-sdk/client-s3';
import type { Aws } from '../../../shared/aws/aws.ts';
import { queue } from '../../../shared/lambda/queue.ts';
import { exporter, putTo } from '../exporter.ts';

export const entry = (aws: Aws) => {
  return queue(
    exporter({
      put: putTo(
        aws.client(S3Client, () => new S3Client({})),
        aws.required('EXPORT_BUCKET'),
      ),
    }),
  );
};
