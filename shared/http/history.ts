import type * as z from 'zod';
import { iso } from '../clock.ts';
import type { Envelope, PersonalRef } from '../events.ts';
import type { historyOut } from './schemas.ts';

/** A journal as people read it: every step with its texts where they still exist. */
const isRef = (value: unknown): value is PersonalRef =>
  typeof value === 'object' && value !== null && 'ref' in value && 'hash' in value;

/** Every reference to a text in a history, to be read in one go. */
export const refsIn = (events: readonly Envelope[]): PersonalRef[] =>
  events.flatMap((event) =>
    Object.values(event.data as Record<string, unknown>)
      .flat()
      .filter(isRef),
  );

/** What the clock needs and nobody reads. */
const HIDDEN = new Set(['opens', 'policy', 'callable', 'wake']);
/** An obligation's rung is a position; a dunning step's is a name. */
const isHidden = (field: string, value: unknown) =>
  HIDDEN.has(field) || (field === 'rung' && typeof value === 'number');

export const historyView = (
  events: readonly Envelope[],
  texts: Map<string, string>,
  hide: readonly string[],
): z.input<typeof historyOut>[] =>
  events.map(({ version, name, at, by, data }) => ({
    version,
    event: name,
    at: iso(at),
    by,
    data: Object.fromEntries(
      Object.entries(data as Record<string, unknown>)
        .filter(([field, value]) => !isHidden(field, value) && !hide.includes(field))
        .map(([field, value]) => [field, readable(field, value, texts)]),
    ),
  }));

/** Instants as ISO 8601, references as their texts (null once erased). */
const readable = (field: string, value: unknown, texts: Map<string, string>): unknown => {
  if (Array.isArray(value)) return value.map((one) => readable(field, one, texts));
  if (isRef(value)) return texts.get(value.ref) ?? null;
  return typeof value === 'number' && /(due|Due|At|By|Promise)$/.test(field) ? iso(value) : value;
};
