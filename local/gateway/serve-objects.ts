import { createHash } from 'node:crypto';
import type { Objects, Stored } from '../objects.ts';
import { type Answer, escapeXml, xmlAnswer } from './answer.ts';
import type { AwsRequest } from './request.ts';

/** What S3 lists at most in one answer. */
const MOST_KEYS = 1000;

/** From a permitted S3 call to its answer. */
export function serveObjects(objects: Objects, { action, body, raw }: AwsRequest): Answer {
  const [bucket, key] = [String(body.Bucket), String(body.Key)];
  if (action === 'PutObject') {
    objects.put(bucket, key, raw);
    return { status: 200, contentType: 'application/xml', body: '' };
  }
  if (action === 'GetObject') {
    return { status: 200, contentType: 'application/octet-stream', body: objects.get(bucket, key) };
  }
  return listed(objects, bucket, body);
}

/** A page of keys in order; the token for the next is the last key of this one. */
function listed(objects: Objects, bucket: string, { Prefix, MaxKeys, ContinuationToken }: AwsRequest['body']): Answer {
  const most = Math.min(Number(MaxKeys ?? MOST_KEYS), MOST_KEYS);
  const after = ContinuationToken === undefined ? '' : Buffer.from(String(ContinuationToken), 'base64url').toString();
  const left = objects.list(bucket, String(Prefix ?? '')).filter(({ key }) => key > after);
  const page = left.slice(0, most);
  const last = left.length > most ? page.at(-1)?.key : undefined;
  const next = last && `<NextContinuationToken>${Buffer.from(last).toString('base64url')}</NextContinuationToken>`;
  return xmlAnswer(
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name>` +
      `<Prefix>${escapeXml(String(Prefix ?? ''))}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${most}</MaxKeys>` +
      `<IsTruncated>${next !== undefined}</IsTruncated>${next ?? ''}${page.map(content).join('')}</ListBucketResult>`,
  );
}

const content = ({ key, bytes, modifiedAt }: Stored): string =>
  `<Contents><Key>${escapeXml(key)}</Key><LastModified>${modifiedAt}</LastModified>` +
  `<ETag>"${createHash('md5').update(`${key} ${bytes} ${modifiedAt}`).digest('hex')}"</ETag>` +
  `<Size>${bytes}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
