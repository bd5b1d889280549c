import * as z from 'zod';
import type { Instant } from '../time/clock.ts';

/** An event as declared: name, what it means, its data. Everything else about it is derived from this. */
export interface EventDef<N extends string = string, T extends z.ZodType = z.ZodType> {
  /** `complaint.resolved`: the aggregate's type, then what happened, in the past tense. */
  readonly name: N;
  /** One sentence for the event catalogue. */
  readonly about: string;
  readonly data: T;
}

export const defineEvent = <N extends string, T extends z.ZodType>(
  name: N,
  about: string,
  data: T,
): EventDef<N, T> => ({
  name,
  about,
  data,
});

/** What `decide` returns: what happened, not yet when, by whom, or under which number. */
export type NewEvent<D extends EventDef = EventDef> =
  D extends EventDef<infer N, infer T> ? { name: N; data: z.output<T> } : never;

/** What people call a case by: its number, and its unit's id where whoever hears of it may know. */
export interface Called {
  number?: string | undefined;
  unit?: string | undefined;
}

/** An event as it stands in the journal and travels over the bus. */
export interface Envelope<N extends string = string, T = unknown> {
  /** `<aggregate id>.<version>`: the same event has the same id wherever and however often it arrives. */
  id: string;
  name: N;
  site: string;
  aggregate: string;
  /** Position in its aggregate's journal, from 1 without gaps. */
  version: number;
  /** When it was recorded. */
  at: Instant;
  /** A staff id, or `system:<what>` when nobody acted. */
  by: string;
  /** The request that led to it, however far away, or what else did where nobody asked. */
  cause?: string | undefined;
  /** What people call what it is of, for those who are told of it. */
  called?: Called | undefined;
  data: T;
}

export type Recorded<D extends EventDef = EventDef> =
  D extends EventDef<infer N, infer T> ? Envelope<N, z.output<T>> : never;

export const envelopeSchema = z.object({
  id: z.string(),
  name: z.string(),
  site: z.string(),
  aggregate: z.string(),
  version: z.number().int(),
  at: z.number().int(),
  by: z.string(),
  cause: z.string().optional(),
  called: z.object({ number: z.string().optional(), unit: z.string().optional() }).optional(),
  data: z.unknown(),
});

export const aggregateTypeOf = (name: string): string => name.slice(0, name.indexOf('.'));

/** What every source of ours on the bus begins with. */
export const OURS = 'huiyin.';

/** The source under which a service's events stand on the bus. */
export const sourceOf = (eventName: string): string => `${OURS}${aggregateTypeOf(eventName)}`;

/**
 * The EventBridge patterns that match exactly these events, one for all of which the same is asked.
 * @param having by an event's name, a field that its data must have
 */
export const patternsOf = (events: readonly EventDef[], having: Readonly<Record<string, string>> = {}) =>
  [...Map.groupBy(events, ({ name }) => having[name])].map(([field, some]) => ({
    source: [...new Set(some.map((event) => sourceOf(event.name)))],
    detailType: some.map((event) => event.name),
    ...(field === undefined ? {} : { detail: { data: { [field]: [{ exists: true }] } } }),
  }));

/** Common parts of event data. */
export const at = z.number().int().meta({ description: 'Milliseconds since the Unix epoch' });
export const day = z.string().meta({ description: "A day of the site's own calendar, YYYY-MM-DD" });
/** Whether nobody acted: what the system does by itself is no member of staff's. */
export const isSystem = (by: string): boolean => by.startsWith('system:');
export const staffId = z.string().meta({ description: 'A member of staff' });
/** Free text and contact ways stand outside the journal, as items that can be erased; an event carries only this. */
export const personalRef = z
  .object({ ref: z.string(), hash: z.string() })
  .meta({ description: 'An erasable personal item, by reference and SHA-256' });
export type PersonalRef = z.output<typeof personalRef>;
