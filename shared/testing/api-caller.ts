import type { Route } from '../http/route.ts';
import { http } from '../lambda/http.ts';
import type { Access } from '../people/access.ts';
import type { Clock } from '../time/clock.ts';

export interface Said {
  status: number;
  /** What JSON says; of a file its text, of one of bytes in Base64. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever the API answers
  body: any;
}

/** A service's API as the gateway calls it: `call('li', 'POST /sites/s/accounts/a/payments', {…})`. */
export const apiCaller = <Deps extends { access: Access; clock: Clock }>(
  routes: readonly Route<Deps>[],
  deps: Deps,
) => {
  const handler = http(routes, deps);
  let keys = 0;
  return async (
    who: string,
    request: string,
    body?: unknown,
    key = `key-${++keys}`,
    language = 'en',
  ): Promise<Said> => {
    const [method = '', url = ''] = request.split(' ');
    const [path = '', query] = url.split('?');
    const found = routes
      .filter((route) => route.method === method)
      .map((route) => ({
        route,
        match: new RegExp(`^${route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`).exec(path),
      }))
      .sort((a, b) => a.route.path.split('{').length - b.route.path.split('{').length)
      .find(({ match }) => match);
    if (!found) throw new Error(`no route ${request}`);
    const answer = await handler({
      routeKey: `${found.route.method} ${found.route.path}`,
      headers: { 'idempotency-key': key, 'accept-language': language },
      pathParameters: { ...found.match?.groups },
      queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
      body: JSON.stringify(body ?? {}),
      requestContext: { authorizer: { jwt: { claims: { sub: who } } } },
    });
    const isJson = /\bjson\b/.test(answer.headers['content-type'] ?? '');
    return { status: answer.statusCode, body: isJson ? JSON.parse(answer.body) : answer.body };
  };
};
