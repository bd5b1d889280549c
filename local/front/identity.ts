import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { html } from 'hono/html';
import {
  type AugmentedRequest,
  Events,
  type MutableRedirectUri,
  type MutableToken,
  OAuth2Server,
} from 'oauth2-mock-server';

/** Whom the sign-in page offers. */
export interface Person {
  sub: string;
  name: string;
  /** What they do, for the page. */
  title: string;
}

export interface IdentityOptions {
  port: number;
  audience: string;
  /** Where the signing key is kept, so that a token outlives a restart. */
  keyFile?: string | undefined;
}

/**
 * A local OIDC issuer: authorization code flow with PKCE, and tokens on request for tests. Tokens live on wall time,
 * whatever the moved clock says.
 */
export interface Identity {
  issuerUrl: string;
  audience: string;
  /** An access token for a subject; valid for twelve hours of wall time. */
  token(sub: string, claims?: Record<string, unknown>): Promise<string>;
  /** Sets who can be chosen on the sign-in page. */
  offer(people: Person[]): void;
  stop(): Promise<void>;
}

const TOKEN_SECONDS = 12 * 3600;
const CLIENT = 'huiyin-local';

export async function startIdentity(options: IdentityOptions): Promise<Identity> {
  // Our sign-in page stands before the library's authorize endpoint, which redirects at once.
  const server = new OAuth2Server(undefined, undefined, { endpoints: { authorize: '/authorize/as' } });
  await loadKey(server, options.keyFile);
  let people: Person[] = [];
  /** Authorization code → who signed in. */
  const signedIn = new Map<string, string>();

  server.service.on(Events.BeforeWellKnownOpenIdConfiguration, (response: { body: Record<string, unknown> }) => {
    response.body.authorization_endpoint = `${server.issuer.url}/authorize`;
  });
  server.service.on(Events.BeforeAuthorizeRedirect, ({ url }: MutableRedirectUri, request: IncomingMessage) => {
    const code = url.searchParams.get('code');
    const sub = (request as AugmentedRequest).query.login_hint;
    if (code && typeof sub === 'string') signedIn.set(code, sub);
  });
  server.service.on(
    Events.BeforeTokenSigning,
    ({ payload }: MutableToken, request: { body: { code?: string; client_id?: unknown } }) => {
      const sub = signedIn.get(request.body.code ?? '');
      if (sub === undefined) return;
      payload.sub = sub;
      // The identity token is for the client and has its audience already; the access token is for the API.
      payload.aud ??= options.audience;
    },
  );
  const token = (sub: string, claims: Record<string, unknown> = {}) =>
    server.issuer.buildToken({
      expiresIn: TOKEN_SECONDS,
      scopesOrTransform: (_, payload) => {
        Object.assign(payload, { sub, aud: options.audience, client_id: CLIENT, jti: randomUUID(), ...claims });
      },
    });
  server.service.addRoute('GET', '/authorize', (request, response) => {
    const query = new URL(request.url ?? '/', server.issuer.url).searchParams;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(String(signInPage(people, query)));
  });
  // For people at a terminal: a token without a browser's redirects.
  server.service.addRoute('GET', '/as', async (request, response) => {
    const sub = new URL(request.url ?? '/', server.issuer.url).searchParams.get('sub');
    response.setHeader('content-type', 'text/plain; charset=utf-8');
    if (!sub) response.statusCode = 400;
    response.end(sub ? await token(sub) : 'sub: missing');
  });
  await server.start(options.port, '127.0.0.1');

  return {
    issuerUrl: server.issuer.url!,
    audience: options.audience,
    token,
    offer(offered) {
      people = offered;
    },
    stop: () => server.stop(),
  };
}

/** API Gateway accepts RSA signatures only, so that is what is issued. */
async function loadKey(server: OAuth2Server, file: string | undefined): Promise<void> {
  if (file && existsSync(file)) {
    await server.issuer.keys.add(JSON.parse(readFileSync(file, 'utf8')));
    return;
  }
  const key = await server.issuer.keys.generate('RS256');
  if (file) writeFileSync(file, JSON.stringify(key), { mode: 0o600 });
}

function signInPage(people: Person[], query: URLSearchParams) {
  /** Somebody who just looks in gets a token to use at a terminal; an application gets its code. */
  const link = (person: Person) => {
    const token = `/as?${new URLSearchParams({ sub: person.sub }).toString()}`;
    if (!query.has('client_id')) return html`<li><a href="${token}">${person.name}</a> ${person.title}</li>`;
    const chosen = new URLSearchParams(query);
    chosen.set('login_hint', person.sub);
    return html`<li><a href="/authorize/as?${chosen.toString()}">${person.name}</a> ${person.title}</li>`;
  };
  return html`<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title>
    <h1>Sign in as</h1><ul>${people.map(link)}</ul></html>`;
}
