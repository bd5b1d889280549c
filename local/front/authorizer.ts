import { createRemoteJWKSet, decodeJwt, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { RouteModel } from '../model.ts';

/** API Gateway accepts these only. Source: HTTP API developer guide, JWT authorizers. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];
/** Verified tokens remembered; each is checked for its expiry again when it is used. */
const MOST_REMEMBERED = 1000;

export type Claims = Record<string, string>;

/** Why a token was refused, as in the `www-authenticate` header. */
export class Unauthorized extends Error {}

/** Verifies a bearer token against the route's authorizer: signature, issuer, audience and expiry, on wall time. */
export function createAuthorizer(): (
  authorizer: NonNullable<RouteModel['authorizer']>,
  header?: string,
) => Promise<Claims> {
  const keys = new Map<string, Promise<JWTVerifyGetKey>>();
  const verified = new Map<string, { claims: Claims; expires: number }>();

  function keysOf(issuer: string): Promise<JWTVerifyGetKey> {
    const known = keys.get(issuer);
    if (known) return known;
    const found = discover(issuer);
    keys.set(issuer, found);
    found.catch(() => keys.delete(issuer));
    return found;
  }

  return async (authorizer, header) => {
    const token = /^(?:Bearer )?(\S+)$/i.exec(header ?? '')?.[1];
    if (!token) throw new Unauthorized('the token is missing');
    const remembered = `${authorizer.issuer} ${authorizer.audience.join()} ${token}`;
    const known = verified.get(remembered);
    if (known && known.expires > Date.now()) return known.claims;
    const payload = await verify(await keysOf(authorizer.issuer), token, authorizer);
    const claims = Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, asText(value)]));
    if (verified.size >= MOST_REMEMBERED) verified.clear();
    verified.set(remembered, { claims, expires: payload.exp! * 1000 });
    return claims;
  };
}

async function verify(
  keys: JWTVerifyGetKey,
  token: string,
  { issuer, audience }: NonNullable<RouteModel['authorizer']>,
): Promise<JWTPayload> {
  try {
    // Cognito's access tokens have no audience but the client's id, which API Gateway takes instead.
    const claimed = decodeJwt(token);
    const byClient = claimed.aud === undefined && audience.includes(String(claimed.client_id));
    const options = { issuer, algorithms: ALGORITHMS, requiredClaims: ['exp'], ...(byClient ? {} : { audience }) };
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    throw new Unauthorized((error as Error).message);
  }
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!answer.ok) throw new Error(`The issuer ${issuer} answers ${answer.status} for its configuration`);
  const { jwks_uri } = (await answer.json()) as { jwks_uri: string };
  return createRemoteJWKSet(new URL(jwks_uri));
}

/** API Gateway passes every claim as text; a list as `[a b]`. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asText).join(' ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
