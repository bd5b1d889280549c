import { createHash } from 'node:crypto';

/** SHA-256 of a value as JSON: the same content has the same digest, in whatever order its fields stand. */
export const digest = (value: unknown, encoding: 'hex' | 'base64url' = 'hex'): string =>
  createHash('sha256')
    .update(
      JSON.stringify(value, (_, v: unknown) =>
        v !== null && typeof v === 'object' && !Array.isArray(v)
          ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
          : v,
      ) ?? '',
    )
    .digest(encoding);
