import { createHash } from 'node:crypto';

/**
 * Where lies what a link opens (ADR 0008): only the digest of its token is kept, so that nobody who reads the table can
 * open it.
 */
export const linkKey = (token: string) => ({
  pk: `link#${createHash('sha256').update(token).digest('hex')}`,
  sk: 'link',
});
