import type { Clock } from '../../local/clock.ts';
import { bySpecificity } from '../../local/front/specificity.ts';
import type { Outcome } from '../../local/functions/protocol.ts';
import type { Deployment, FunctionModel } from '../../local/model.ts';

/** What an API call is answered: its body read where it is JSON. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are described by the API's own document
  body: any;
}

interface Entry {
  key: string;
  functionArn: string;
  pattern: RegExp;
  names: string[];
}

/** The API as API Gateway hands calls on; who calls is taken at their word. */
export const apiOf = (
  { apis }: Deployment,
  clock: Clock,
  invoke: (fn: FunctionModel, event: unknown) => Promise<Outcome>,
  byArn: (arn: string) => FunctionModel,
) => {
  const byMethod = new Map<string, Entry[]>();
  for (const { key, functionArn } of apis.flatMap(({ routes }) => routes)) {
    const [method = '', path = ''] = key.split(' ');
    const names = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name as string);
    const pattern = new RegExp(`^${path.replace(/\{\w+\+\}/g, '(.+)').replace(/\{\w+\}/g, '([^/]+)')}$`);
    byMethod.set(method, [...(byMethod.get(method) ?? []), { key, functionArn, pattern, names }]);
  }
  for (const entries of byMethod.values()) entries.sort(bySpecificity);
  let calls = 0;

  return (sub: string | undefined, method: string, url: string, body?: unknown, key?: string): Promise<Answer> =>
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
            ...(sub === undefined ? {} : { authorizer: { jwt: { claims: { sub }, scopes: null } } }),
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
        const outcome = await invoke(byArn(entry.functionArn), event);
        if (!outcome.ok) return { status: 500, body: outcome.error };
        const { statusCode, body: text = '' } = JSON.parse(outcome.payload) as { statusCode: number; body?: string };
        return { status: statusCode, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
      }
      return { status: 404, body: 'Not Found' };
    });
};
