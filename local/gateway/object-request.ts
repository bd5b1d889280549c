import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../aws-error.ts';

/** What this cloud would have to do something about; better refused than passed over. */
const HEADERS = ['if-match', 'if-none-match', 'range', 'x-amz-copy-source', 'x-amz-decoded-content-length'];
/** Parameters of ListObjectsV2, by their names in the address. */
const LISTED: Record<string, string> = {
  prefix: 'Prefix',
  'continuation-token': 'ContinuationToken',
  'max-keys': 'MaxKeys',
};
const QUIET = ['x-id', 'list-type'];

const refused = (what: string) => new AwsError('NotImplemented', `The local cloud does not know ${what} of S3`, 501);

/**
 * The action of an S3 call and its parameters, which stand in the address (path style: `/bucket/key`).
 * @throws AwsError for an action, a parameter or a header that isn't served
 */
export function parseObjectRequest(
  method = 'GET',
  address = '/',
  headers: IncomingHttpHeaders,
): { action: string; body: Record<string, unknown> } {
  // Not by `URL`, which takes `..` for a step up: in a key it is two dots.
  const [path = '', query] = address.split('?');
  const searchParams = new URLSearchParams(query);
  const [, Bucket, ...rest] = path.split('/').map(decodeURIComponent);
  const Key = rest.join('/');
  const action =
    Key === ''
      ? method === 'GET' && searchParams.get('list-type') === '2' && 'ListObjectsV2'
      : ({ PUT: 'PutObject', GET: 'GetObject' } as Record<string, string>)[method];
  if (!Bucket || !action) throw refused(`${method} ${Key === '' ? 'of a bucket' : 'of an object'}`);
  for (const header of HEADERS) if (headers[header] !== undefined) throw refused(`the header ${header}`);
  if (action !== 'ListObjectsV2') {
    for (const name of searchParams.keys()) if (!QUIET.includes(name)) throw refused(`the parameter ${name}`);
    return { action, body: { Bucket, Key } };
  }
  const body: Record<string, unknown> = { Bucket };
  for (const [name, value] of searchParams) {
    const parameter = LISTED[name];
    if (parameter) body[parameter] = value;
    else if (!QUIET.includes(name)) throw refused(`the parameter ${name}`);
  }
  return { action, body };
}
