import type * as z from 'zod';
import { iso } from '../clock.ts';
import type { Envelope, EventDef, PersonalRef } from '../events.ts';
import type { Current } from '../journal/aggregate.ts';
import type { Journal } from '../journal/journal.ts';
import { log } from '../log.ts';
import type { Obligation } from '../obligation.ts';
import type { PersonalReader } from '../personal.ts';
import { notFound } from '../refusal.ts';
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

/** Events shown on a sheet at most; one with more says so. */
const SHOWN = 500;

/**
 * Reads what a sheet shows: the aggregate as it is, and its journal with the texts that still exist. That personal data
 * was read, and by whom, is logged.
 * @throws Refusal not-found
 */
export const readSheet = async <S extends { owed: Obligation[] }, D extends EventDef>(
  journal: Journal<S, D>,
  personal: PersonalReader,
  { site, id, by, most = SHOWN }: { site: string; id: string; by: string; most?: number },
) => {
  const [current, events] = await Promise.all([journal.head(site, id), journal.history(site, id, most + 1)]);
  const { state } = current;
  if (!state) throw notFound(id);
  const shown = events.slice(0, most);
  const texts = await personal.read(site, refsIn(shown));
  log('HY-PER-1', { by, of: id, texts: texts.size });
  return {
    current: { ...current, state } satisfies Current<S>,
    texts,
    /** @param hide fields of events that this reader may not see */
    history: (hide: readonly string[] = []) => ({
      history: historyView(shown, texts, hide),
      more: events.length > most,
    }),
  };
};

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
