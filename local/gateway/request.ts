import { AwsError } from '../aws-error.ts';
import { parseObjectRequest } from './object-request.ts';
import type { HttpCall } from './wire.ts';

export type Service = 'dynamodb' | 'dynamodbstreams' | 'events' | 'states' | 'sqs' | 'ses' | 's3';

/** One SDK call, as far as it can be told without its service. */
export interface AwsRequest {
  /** Access key id of the signature: the calling function's name, or `root`. */
  principal: string;
  service: Service;
  action: string;
  /** The target header as it came, for JSON protocols. */
  target: string;
  /** Parsed JSON body; for SES the form's fields, for S3 the parameters that stand in the address. */
  body: Record<string, unknown>;
  /** The body as it came. */
  raw: Buffer;
}

const TARGETS: Record<string, Service> = {
  DynamoDB_20120810: 'dynamodb',
  DynamoDBStreams_20120810: 'dynamodbstreams',
  AWSEvents: 'events',
  AWSStepFunctions: 'states',
  AmazonSQS: 'sqs',
};

/** The service of a call that could not be read, where its client understands errors in its own shape only. */
export const signedFor = ({ authorization }: HttpCall['headers']): Service | undefined =>
  String(authorization).includes('/s3/aws4_request') ? 's3' : undefined;

/** @throws AwsError when the request isn't signed or isn't for a service served here */
export function parseRequest({ method, url, headers, body }: HttpCall): AwsRequest {
  const raw = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const credential = /Credential=([^/,\s]+)\/\d+\/[^/]+\/([^/]+)\//.exec(String(headers.authorization ?? ''));
  if (!credential) throw new AwsError('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
  const principal = credential[1] as string;
  const target = String(headers['x-amz-target'] ?? '');
  const [api, action] = target.split('.');
  const service = TARGETS[api as string];
  if (service && action) return { principal, service, action, target, body: parseJson(raw), raw };
  if (!target && credential[2] === 'ses') {
    const form = Object.fromEntries(new URLSearchParams(raw.toString()));
    return { principal, service: 'ses', action: String(form.Action), target, body: form, raw };
  }
  if (!target && credential[2] === 's3') {
    return { principal, service: 's3', ...parseObjectRequest(method, url, headers), target, raw };
  }
  throw unknownAction(target ? target : `${credential[2]} without x-amz-target`);
}

export const unknownAction = (what: string) =>
  new AwsError('UnknownOperationException', `${what} is not served by the local cloud`);

function parseJson(raw: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(raw.toString() || '{}');
  } catch {
    throw new AwsError('SerializationException', 'the body is no JSON');
  }
}
