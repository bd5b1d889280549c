import { S3Client } from '@aws-sdk/client-s3';
import { required } from '../../../shared/aws/environment.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { exporter, putTo } from '../exporter.ts';

export const handler = shell(exporter({ put: putTo(new S3Client({}), required('EXPORT_BUCKET')) }));
