import type { Instant } from '../../../shared/time/clock.ts';

/**
 * That a month was signed, as it lies in the item of its counts: who reads figures has read it already, so that it costs
 * nothing but its 60 bytes. It is written in the transaction that signs.
 */
export interface MonthMark {
  closedAt: Instant;
  /** SHA-256 of what was frozen, in hex. */
  hash: string;
  /** How often the month's counts had been written, the mark with them: as long as they are at that, nothing was counted anew. */
  version: number;
  /** What the site's collection rates were then, as a digest. */
  collected: string;
}

export const markAttributes = ({ closedAt, hash, version, collected }: MonthMark) => ({
  zc: closedAt,
  zh: Buffer.from(hash, 'hex'),
  zv: version,
  zd: Buffer.from(collected, 'hex'),
});

const hex = (bytes: unknown): string => Buffer.from(bytes as Uint8Array).toString('hex');

/** The mark in an item; `undefined` where its month is not closed. */
export const markOf = ({ zc, zh, zv, zd }: Record<string, unknown>): MonthMark | undefined =>
  zc === undefined ? undefined : { closedAt: zc as Instant, hash: hex(zh), version: zv as number, collected: hex(zd) };
