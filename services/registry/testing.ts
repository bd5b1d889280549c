import { access } from '../../shared/access.ts';
import type { Instant } from '../../shared/clock.ts';
import { serve } from '../../shared/http/serve.ts';
import { personalReader } from '../../shared/personal.ts';
import { policies } from '../../shared/policy.ts';
import { personalTable } from '../../shared/table.ts';
import { memoryTables } from '../../shared/testing/memory-tables.ts';
import { routes } from './api.ts';
import { registryIn, registryTable } from './store.ts';

export const NOON: Instant = Date.UTC(2026, 4, 1, 4); // 12:00 in Shanghai
export const ADMIN = 'the-admin';

export interface Said {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the API answers
  body: any;
}

/** The registry as its API shows it, over tables in memory, with a clock that a test moves. */
export const world = (doc = memoryTables(registryTable, personalTable)) => {
  const w = { now: NOON };
  const clock = () => w.now;
  const tables = { doc, own: 'registry', personal: 'personal', duePartitions: 1 };
  const registry = registryIn(tables);
  const reads = { doc, registry: 'registry', clock };
  const deps = {
    registry,
    clock,
    chance: Math.random,
    access: access({ ...reads, admin: ADMIN }),
    personal: personalReader(tables),
    policies: policies(reads),
  };
  const handler = serve(routes, deps);
  let keys = 0;

  const call = async (who: string, request: string, body?: unknown, key = `key-${++keys}`): Promise<Said> => {
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
      headers: { 'idempotency-key': key, 'accept-language': 'en' },
      pathParameters: { ...found.match?.groups },
      queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
      body: JSON.stringify(body ?? {}),
      requestContext: { authorizer: { jwt: { claims: { sub: who } } } },
    });
    return { status: answer.statusCode, body: JSON.parse(answer.body) };
  };

  /** Calls as the administrator named at deployment. @throws when it isn't accepted */
  const admin = async (request: string, body?: unknown) => {
    const { status, body: answer } = await call(ADMIN, request, body);
    if (status >= 300) throw new Error(`${request}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  };

  const lakeside = () =>
    admin('POST /sites', {
      id: 'lakeside',
      name: '湖滨花园',
      timeZone: 'Asia/Shanghai',
      departments: [{ id: 'engineering', name: '工程部' }],
    });
  const hire = (subject: string, ...grants: { site: string; role: string; department?: string }[]) =>
    admin('POST /staff', { name: `员工 ${subject}`, email: `${subject}@example.test`, subject, grants });

  return Object.assign(w, { doc, registry, deps, call, admin, lakeside, hire });
};
