import { S3Client } from '@aws-sdk/client-s3';
import { required } from '../../../shared/aws/environment.ts';
import { timely } from '../../../shared/aws/timely.ts';
import { queue } from '../../../shared/lambda/queue.ts';
import { exporter, putTo } from '../exporter.ts';

export const handler = queue(exporter({ put: putTo(timely(new S3Client({})), required('EXPORT_BUCKET')) }));
