import { createHash } from 'node:crypto';
import type { NewEvent, PersonalRef, Recorded } from '../../../shared/domain/events.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { notFound, type Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { type ReportEvent, reportEvents } from './events.ts';

/** A report as it was issued once: the first edition by the calendar, others by a person. */
export interface Issued {
  edition: number;
  hash: string;
  parts: number;
  at: Instant;
  by: string;
}

/** The report of a site (or the group) and a period, in all its editions; each is kept as it was. */
export interface Report {
  period: string;
  /** Oldest first. */
  editions: Issued[];
  /** Links that were given by then open nothing any more. */
  linksEnded?: Instant;
  owed: [];
}

const fold = (state: Report | undefined, event: Recorded<ReportEvent>): Report => {
  const { period } = event.data;
  const known = state ?? { period, editions: [], owed: [] };
  if (event.name === 'report.links-ended') return { ...known, linksEnded: event.at };
  const { period: _, ...issued } = event.data;
  return { ...known, editions: [...known.editions, { ...issued, at: event.at, by: event.by }] };
};

/** Editions of one report, at most. */
const EDITIONS = 50;

export const reportType: AggregateType<Report, ReportEvent> = {
  type: 'report',
  ids: 'report',
  events: reportEvents,
  most: { editions: EDITIONS },
  fold,
  kind: 'record',
  finished: () => true,
};

/** Of a period: issued twice by the calendar it is issued once. */
export const reportId = (period: string): string => derivedId('report', `_${period}`);

/** What was gathered, as it is kept. */
export interface SerializedReport {
  parts: string[];
  hash: string;
}

/** Characters in one item: below the 400 KB that an item may have, whatever the script. */
const PART = 100_000;

export const serialize = (content: object, most = PART): SerializedReport => {
  const text = JSON.stringify(content);
  // By code points: half a character can't be stored.
  const parts = text.match(new RegExp(`[^]{1,${most}}`, 'gu')) ?? [];
  return { parts, hash: reportHash(parts) };
};

export const reportHash = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('')).digest('hex');

/** Whether the calendar has nothing to do: an edition was issued since the report was due. What somebody had made before is another. */
export const isIssued = (state: Report | undefined, since: Instant): boolean =>
  (state?.editions ?? []).some(({ at }) => at >= since);

/** Whoever has a link of it that was mailed so far opens nothing any more. */
export const endLinks = (state: Report | undefined, words: PersonalRef): NewEvent<ReportEvent>[] | Refusal =>
  state ? [{ name: 'report.links-ended', data: { period: state.period, words } }] : notFound('report');

/** Issues a report; the calendar does so once, a person again where they have a reason to. @param by or since when it was due */
export const issue = (
  state: Report | undefined,
  { period, parts, hash }: SerializedReport & { period: string },
  by: 'person' | { since: Instant },
): NewEvent<ReportEvent>[] | Refusal => {
  const before = state?.editions.length ?? 0;
  if (by !== 'person' && isIssued(state, by.since)) return [];
  if (before >= EDITIONS) return refuse('report.too-many', { most: EDITIONS });
  return [{ name: 'report.issued', data: { period, edition: before + 1, hash, parts: parts.length } }];
};
