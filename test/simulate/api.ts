import { bySpecificity } from '../../local/front/specificity.ts';
import type { MemoryCloud } from '../../local/in-memory/cloud.ts';

/** What an API call is answered: its body read where it is JSON. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are described by the API's own document
  body: any;
}

/** What API Gateway answers of a function that gave none. */
const DIED = { statusCode: 500, body: '' };

/** A call of the API by a subject, whose word is taken for who they are. */
export type Ask = (sub: string, method: string, url: string, body?: unknown, key?: string) => Promise<Answer>;

interface Served {
  key: string;
  path: string;
  pattern: RegExp;
  names: string[];
}

/** The API as API Gateway hands calls on, without streams of the web: those keep no order, and the same seed lives the same life. */
export const apiOf = ({ deployment, clock, invoke }: MemoryCloud): Ask => {
  const byMethod = new Map<string, Served[]>();
  for (const { key, functionArn } of deployment.apis.flatMap(({ routes }) => routes)) {
    const [method = '', route = ''] = key.split(' ');
    const { path } = deployment.functions.find(({ arn }) => arn === functionArn)!;
    const names = [...route.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name as string);
    const pattern = new RegExp(`^${route.replace(/\{\w+\+\}/g, '(.+)').replace(/\{\w+\}/g, '([^/]+)')}$`);
    byMethod.set(method, [...(byMethod.get(method) ?? []), { key, path, pattern, names }]);
  }
  for (const entries of byMethod.values()) entries.sort(bySpecificity);
  let calls = 0;

  return (sub, method, url, body, key) =>
    clock.work.run(`${method} ${url}`, async () => {
      const [path = '', query = ''] = url.split('?');
      for (const entry of byMethod.get(method) ?? []) {
        const found = entry.pattern.exec(path);
        if (!found) continue;
        const id = `call-${++calls}`;
        const event = {
          version: '2.0',
          routeKey: entry.key,
          rawPath: path,
          rawQueryString: query,
          headers: {
            'accept-language': 'en',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(key === undefined ? {} : { 'idempotency-key': key }),
          },
          ...(query === '' ? {} : { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
          requestContext: {
            authorizer: { jwt: { claims: { sub }, scopes: null } },
            http: { method, path, sourceIp: '127.0.0.1' },
            requestId: id,
            routeKey: entry.key,
            timeEpoch: clock.now(),
          },
          pathParameters: Object.fromEntries(
            entry.names.map((name, i) => [name, decodeURIComponent(found[i + 1] ?? '')]),
          ),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          isBase64Encoded: false,
        };
        const { statusCode, body: text = '' } = (await invoke(entry.path, event).catch(() => DIED)) as typeof DIED;
        return { status: statusCode, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
      }
      return { status: 404, body: 'Not Found' };
    });
};
