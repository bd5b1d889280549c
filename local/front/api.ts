import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { type HttpBindings, serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Clock } from '../clock.ts';
import type { Functions } from '../functions/functions.ts';
import type { ApiModel, RouteModel } from '../model.ts';
import { type Claims, createAuthorizer, Unauthorized } from './authorizer.ts';
import { internalError, message, toEvent, tooLargeForLambda, toResponse } from './payload.ts';
import { bySpecificity } from './specificity.ts';

/** Source: quotas of HTTP APIs. */
const BODY_LIMIT = 10 * 1024 * 1024;
const REQUEST_ID_BYTES = 11;
const INTEGRATION_LIMIT_MS = 30_000;
/** An HTTP API bills requests by 512 KB begun. */
const BILLED_BYTES = 512 * 1024;

export interface ApiOptions {
  account: string;
  clock: Clock;
  functions: Functions;
  onRequest(api: ApiModel, route: string, billed: number): void;
  /** Who calls, by their token. @throws Unauthorized */
  authorize?: ReturnType<typeof createAuthorizer>;
  /** API Gateway's own are sixteen characters. */
  requestId?(): string;
}

/** Without bindings where a call came by no socket. */
type Env = { Bindings: Partial<HttpBindings> };
export type Api = Pick<Hono<Env>, 'fetch'>;

/** Answers an HTTP API's calls as API Gateway does: authorizer, payload 2.0, its own answers for what never gets there. */
export function createApi(api: ApiModel, options: ApiOptions): Api {
  const { clock, functions, authorize = createAuthorizer() } = options;
  const { requestId = () => randomBytes(REQUEST_ID_BYTES).toString('base64') } = options;
  const app = new Hono<Env>();
  if (api.cors) {
    const { origins, methods, headers, exposed } = api.cors;
    const origin = origins.includes('*') ? '*' : origins;
    app.use(cors({ origin, allowMethods: methods, allowHeaders: headers, exposeHeaders: exposed }));
  }
  for (const route of [...api.routes].sort(bySpecificity)) {
    const [method, path] = route.key === '$default' ? ['ANY', '/{proxy+}'] : (route.key.split(' ') as [string, string]);
    const handler = (context: Context<Env>) => clock.work.run(`request ${route.key}`, () => serveRoute(route, context));
    if (method === 'ANY') app.all(honoPath(path), handler);
    else app.on(method, honoPath(path), handler);
  }
  app.notFound(() => message(404, 'Not Found'));
  app.onError(() => internalError());

  async function serveRoute(route: RouteModel, context: Context<Env>): Promise<Response> {
    const request = context.req.raw;
    // An HTTP API doesn't answer HEAD for GET.
    if (request.method === 'HEAD' && route.key.startsWith('GET ')) return message(404, 'Not Found');
    if (Number(request.headers.get('content-length') ?? 0) > BODY_LIMIT)
      return message(413, 'Request Entity Too Large');
    let claims: Claims | undefined;
    try {
      if (route.authorizer)
        claims = await authorize(route.authorizer, request.headers.get('authorization') ?? undefined);
    } catch (error) {
      if (!(error instanceof Unauthorized)) throw error;
      const why = `Bearer scope="" error="invalid_token" error_description="${error.message.replaceAll('"', "'")}"`;
      return message(401, 'Unauthorized', { 'www-authenticate': why });
    }
    const body = await request.arrayBuffer();
    if (body.byteLength > BODY_LIMIT) return message(413, 'Request Entity Too Large');
    options.onRequest(api, route.key, Math.max(1, Math.ceil(body.byteLength / BILLED_BYTES)));
    const event = toEvent({
      request,
      body,
      routeKey: route.key,
      pathParameters: context.req.param(),
      claims,
      apiId: api.id,
      accountId: options.account,
      requestId: requestId(),
      sourceIp: context.env?.incoming?.socket.remoteAddress ?? '127.0.0.1',
      now: clock.now(),
    });
    if (tooLargeForLambda(event)) return message(413, 'Request Entity Too Large');
    return await integrate(route, event);
  }

  async function integrate(route: RouteModel, event: Record<string, unknown>): Promise<Response> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, INTEGRATION_LIMIT_MS, undefined);
    });
    const outcome = await Promise.race([functions.invoke(functions.byArn(route.functionArn), event), limit]);
    clearTimeout(timer);
    if (!outcome) return message(503, 'Service Unavailable');
    return outcome.ok ? toResponse(outcome.payload) : internalError();
  }

  return app;
}

/** Serves an API on a port; 0 takes a free one. */
export async function serveApi(api: Api, wanted: number): Promise<{ url: string; stop(): Promise<void> }> {
  const { server, port } = await new Promise<{ server: Server; port: number }>((resolve, reject) => {
    const started = serve({ fetch: api.fetch, port: wanted, hostname: '127.0.0.1' }, (info) => {
      resolve({ server: started as Server, port: info.port });
    });
    started.on('error', reject);
  });
  return { url: `http://localhost:${port}`, stop: () => closeServer(server) };
}

/** Closes a server without waiting for clients that keep their connections. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** `{id}` → `:id`, `{rest+}` → the rest of the path. */
function honoPath(path: string): string {
  return path.replace(/\{(\w+)\+\}/g, ':$1{.+}').replace(/\{(\w+)\}/g, ':$1');
}
