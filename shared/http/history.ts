import type * as z from 'zod';
import type { Envelope, EventDef, PersonalRef } from '../domain/events.ts';
import type { Obligation } from '../domain/obligation.ts';
import { notFound } from '../domain/refusal.ts';
import type { Current } from '../journal/aggregate.ts';
import type { Journal } from '../journal/journal.ts';
import { hiddenFrom, type Sight } from '../people/confidential.ts';
import type { PersonalReader } from '../people/personal.ts';
import { iso } from '../time/clock.ts';
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
 * Reads what a sheet shows: the aggregate as it is, and its journal with the texts that still exist, as far as whoever reads
 * it may see them.
 * @throws Refusal not-found
 */
export const readSheet = async <S extends { owed: Obligation[] }, D extends EventDef>(
  journal: Journal<S, D>,
  personal: PersonalReader,
  {
    site,
    id,
    most = SHOWN,
    sight: sightOf = () => ALL,
  }: { site: string; id: string; most?: number; sight?: (state: S) => Sight },
) => {
  const [current, events] = await Promise.all([journal.head(site, id), journal.history(site, id, most + 1)]);
  const { state } = current;
  if (!state) throw notFound(id);
  const sight = sightOf(state);
  const shown = events.slice(0, most);
  const texts = sight.words ? await personal.read(site, refsIn(shown)) : new Map<string, string>();
  return {
    current: { ...current, state } satisfies Current<S>,
    texts,
    /** @param hide fields of events that no reader sees */
    history: (hide: readonly string[] = []) => ({
      history: historyView(shown, texts, [...hide, ...hiddenFrom(sight)], { withoutWords: !sight.words }),
      more: events.length > most,
    }),
  };
};

const ALL: Sight = { who: true, words: true };

/** What the clock needs and nobody reads. */
const HIDDEN = new Set(['opens', 'policy', 'callable', 'wake']);
/** An obligation's rung is a position; a dunning step's is a name. */
const isHidden = (field: string, value: unknown) =>
  HIDDEN.has(field) || (field === 'rung' && typeof value === 'number');

/** The last of what an event opened, by when that is owed. */
const owedBy = (data: unknown): { owedBy?: string } => {
  const due = (data as { opens?: Obligation[] }).opens?.at(-1)?.due;
  return due === undefined ? {} : { owedBy: iso(due) };
};

export const historyView = (
  events: readonly Envelope[],
  texts: Map<string, string>,
  hide: readonly string[],
  /** Texts are kept from whoever reads it: they aren't there, where one that was erased is null. */
  { withoutWords = false }: { withoutWords?: boolean } = {},
): z.input<typeof historyOut>[] =>
  events.map(({ version, name, at, by, data }) => ({
    version,
    event: name,
    at: iso(at),
    by,
    ...owedBy(data),
    data: Object.fromEntries(
      inOrder(data as Record<string, unknown>)
        .filter(
          ([field, value]) => !isHidden(field, value) && !hide.includes(field) && !hide.includes(`${name}.${field}`),
        )
        .filter(([, value]) => !(withoutWords && [value].flat().some(isRef)))
        .map(([field, value]) => [field, readable(field, partly(field, value, hide), texts)]),
    ),
  }));

/** A table gives fields in any order; the same history is the same text. */
const inOrder = (fields: object): [string, unknown][] => Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));

/** Of what has parts, those that may be seen. */
const partly = (field: string, value: unknown, hide: readonly string[]): unknown =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(inOrder(value).filter(([part]) => !hide.includes(`${field}.${part}`)));

/** Instants as ISO 8601, references as their texts (null once erased). */
const readable = (field: string, value: unknown, texts: Map<string, string>): unknown => {
  if (Array.isArray(value)) return value.map((one) => readable(field, one, texts));
  if (isRef(value)) return texts.get(value.ref) ?? null;
  return typeof value === 'number' && /(due|Due|At|By|Promise)$/.test(field) ? iso(value) : value;
};
