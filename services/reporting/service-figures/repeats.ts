import { type Day, daysBetween } from '../../../shared/time/clock.ts';
import { type CaseRow, type ComplaintFacts, rowId, type Span } from '../figures/contract.ts';

/** The same unit complaining of the same kind within this many local days is a repeated complaint (重复投诉; domain.md). */
export const AGAIN_WITHIN_DAYS = 30;

/** A complaint of a unit that complained often. */
export interface OneOfMany {
  /** Its row's id. */
  id: string;
  day: Day;
  kind: string;
  /** The unit complained of the same kind within the 30 days before. */
  again: boolean;
}

/** A unit that complained often in a span. Who of it complained isn't told, nor counted where it was in confidence. */
export interface Repeater {
  site: string;
  unit: string;
  count: number;
  kinds: Record<string, number>;
  /** The newest of them, oldest first. */
  complaints: OneOfMany[];
}

export interface Repeats {
  /** Complaints of the span that are repeated ones. */
  again: number;
  /** Units with at least so many complaints, those with most first, then by site and unit. */
  units: Repeater[];
}

interface Known extends Omit<OneOfMany, 'again'> {
  site: string;
  unit: string;
}
const knownOf = ({ key, facts }: CaseRow): Known[] => {
  const { day, kind, unit, notValid } = facts as ComplaintFacts;
  return key.family !== 'complaint' || day === undefined || kind === undefined || unit === undefined || notValid
    ? []
    : [{ site: key.site, unit, id: rowId(key), day, kind }];
};
/** Where a unit stands among them, as text: those with most complaints first. */
export const repeaterKey = ({ site, unit, count }: Pick<Repeater, 'site' | 'unit' | 'count'>): string =>
  `${String(Number.MAX_SAFE_INTEGER - count)}~${site}~${unit}`;
/** Complaints told of one unit, at most. */
const TOLD = 50;
const before = (a: Known, b: Known) => (a.day < b.day || (a.day === b.day && a.id < b.id) ? -1 : 1);

/**
 * Who complained often, and what was complained of again. What was found not valid is left out, so that nobody is held to have
 * complained who didn't.
 * @param rows of the span, and of the 30 days before it, which only tell what was said before
 */
export const repeatsOf = (rows: readonly CaseRow[], span: Span, atLeast: number): Repeats => {
  const byUnit = Map.groupBy(rows.flatMap(knownOf).sort(before), ({ site, unit }) => `${site}#${unit}`);
  const units = [...byUnit.values()].map((all): Repeater => {
    const { site, unit } = all[0] as Known;
    const complaints = all.flatMap(({ id, day, kind }, i): OneOfMany[] => {
      if (day < span.from || day > span.to) return [];
      const last = all.slice(0, i).findLast((one) => one.kind === kind);
      return [{ id, day, kind, again: last !== undefined && daysBetween(last.day, day) <= AGAIN_WITHIN_DAYS }];
    });
    const kinds: Record<string, number> = {};
    for (const { kind } of complaints) kinds[kind] = (kinds[kind] ?? 0) + 1;
    return { site, unit, count: complaints.length, kinds, complaints };
  });
  const often = units.filter(({ count }) => count >= atLeast);
  return {
    again: units.flatMap(({ complaints }) => complaints).filter(({ again }) => again).length,
    units: often
      .sort((a, b) => (repeaterKey(a) < repeaterKey(b) ? -1 : 1))
      .map((unit) => ({ ...unit, complaints: unit.complaints.slice(-TOLD) })),
  };
};
