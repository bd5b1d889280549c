import { createHash } from 'node:crypto';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Where lies what a link opens (ADR 0008): only the digest of its token is kept, so that nobody who reads the table can
 * open it.
 */
export const linkKey = (token: string) => ({
  pk: `link#${digest(token)}`,
  sk: 'link',
});

/** The address that a link was mailed to, so that only whoever has the link can tell whether another is theirs by now. */
export const linkSeal = (token: string, address: string): string => digest(`${token}\n${address}`);
