import type { Refusal, RefusalKind } from '../domain/refusal.ts';
import { type Language, say } from '../text/catalogue.ts';

/** The one place where a refusal becomes an HTTP status. */
export const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  changed: 412,
  rule: 422,
  'too-many': 429,
  unexpected: 500,
  'too-long': 503,
} as const satisfies Record<RefusalKind, number>;

/** Problem details (RFC 9457), with the fields that are wrong. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  details?: Record<string, string | number | boolean>;
  errors?: { field: string; rule: string }[];
  /** Which request it was: its id stands in the log. */
  instance?: string;
}

export const problemOf = (refusal: Refusal, language: Language): Problem => ({
  type: `urn:huiyin:problem:${refusal.code}`,
  title: say(refusal.code, language, refusal.details),
  status: STATUS[refusal.kind],
  code: refusal.code,
  ...(Object.keys(refusal.details).length > 0 ? { details: refusal.details } : {}),
  ...(refusal.fields.length > 0
    ? { errors: refusal.fields.map(({ field, rule, details }) => ({ field, rule: say(rule, language, details) })) }
    : {}),
});
