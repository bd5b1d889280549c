import { PAYLOAD_LIMIT } from '../functions/functions.ts';
import type { Claims } from './authorizer.ts';

/** Media types that API Gateway hands on as text; everything else is base64, a form and what names no type included. */
const TEXT = /^(text\/|application\/(json|xml|javascript)\s*(;|$))/i;

export interface IncomingCall {
  request: Request;
  body: ArrayBuffer;
  /** `POST /sites/{site}/complaints`. */
  routeKey: string;
  pathParameters: Record<string, string>;
  claims: Claims | undefined;
  apiId: string;
  accountId: string;
  requestId: string;
  sourceIp: string;
  /** Clock time, ms. */
  now: number;
}

/** The event of a Lambda proxy integration, payload format 2.0. */
export function toEvent(call: IncomingCall): Record<string, unknown> {
  const url = new URL(call.request.url);
  const headers: Record<string, string> = {};
  for (const [name, value] of call.request.headers) if (name !== 'cookie') headers[name] = value;
  const cookies = call.request.headers.get('cookie')?.split(/;\s*/);
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams) query[name] = name in query ? `${query[name]},${value}` : value;
  const isText = TEXT.test(headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: call.routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookies ? { cookies } : {}),
    headers,
    ...(url.search.length > 1 ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: call.accountId,
      apiId: call.apiId,
      ...(call.claims ? { authorizer: { jwt: { claims: call.claims, scopes: null } } } : {}),
      domainName: url.host,
      domainPrefix: call.apiId,
      http: {
        method: call.request.method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: call.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: call.requestId,
      routeKey: call.routeKey,
      stage: '$default',
      time: commonLogTime(call.now),
      timeEpoch: call.now,
    },
    ...(Object.keys(call.pathParameters).length > 0 ? { pathParameters: call.pathParameters } : {}),
    ...(call.body.byteLength > 0 ? { body: Buffer.from(call.body).toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: call.body.byteLength > 0 && !isText,
  };
}

/** The answer a function gave, as HTTP. What isn't an answer at all is a 500, as at API Gateway. */
export function toResponse(payload: string): Response {
  const answer = JSON.parse(payload) as unknown;
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer)) {
    // Without a status the whole value is the body.
    if (answer === null) return internalError();
    const body = typeof answer === 'string' ? answer : payload;
    return new Response(body, { headers: { 'content-type': 'application/json' } });
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = answer as {
    statusCode: number | string;
    headers?: Record<string, string | number | boolean>;
    cookies?: string[];
    body?: string;
    isBase64Encoded?: boolean;
  };
  const status = Number(statusCode);
  if (!(status >= 200 && status <= 599) || (body !== undefined && typeof body !== 'string')) return internalError();
  const sent = new Headers();
  for (const [name, value] of Object.entries(headers ?? {})) sent.set(name, String(value));
  for (const cookie of cookies ?? []) sent.append('set-cookie', cookie);
  if (body !== undefined && !sent.has('content-type')) sent.set('content-type', 'text/plain; charset=utf-8');
  const empty = body === undefined || status === 204 || status === 304;
  const content = empty ? null : isBase64Encoded ? Buffer.from(body, 'base64') : body;
  return new Response(content, { status, headers: sent });
}

export function message(status: number, text: string, headers: Record<string, string> = {}): Response {
  return Response.json({ message: text }, { status, headers });
}

export function internalError(): Response {
  return message(500, 'Internal Server Error');
}

export function tooLargeForLambda(event: Record<string, unknown>): boolean {
  return Buffer.byteLength(String(event.body ?? '')) > PAYLOAD_LIMIT;
}

/** `12/Mar/2026:19:03:58 +0000`. */
function commonLogTime(ms: number): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(ms).toUTCString())!;
  return `${day}/${month}/${year}:${time} +0000`;
}
