import { createHash } from 'node:crypto';
import type { Paper } from './model.ts';

/**
 * What a document says, as sha256 in hex: the evidence of what was sent, whatever its channel. Over its model, so that a
 * new layout of the same content keeps the hash.
 */
export const contentHash = (paper: Paper): string => createHash('sha256').update(canonical(paper)).digest('hex');

/** JSON with keys in order; what is absent and what is `undefined` are the same. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
};
