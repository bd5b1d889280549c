import type * as z from 'zod';
import type { PersonalRef } from '../../../shared/domain/events.ts';
import type { Position } from '../../../shared/people/positions.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import { daysOf } from '../../../shared/time/month.ts';
import type { AlertCounts } from '../alerts/contract-store.ts';
import type { Ageing, CollectionFigures as Collected, Funnel, NamedFigures } from '../collections/contract.ts';
import type { Compared, Figures, MeasureId, MetRate, RateChange, Span } from '../figures/contract.ts';
import type { serviceOut } from '../service-figures/contract.ts';
import type { Topic } from './improvements/events.ts';
import type { Status } from './improvements/improvement.ts';

/** What a report leads with, and what is drawn over time. */
export const LEADING = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6'] as const satisfies MeasureId[];
export type Leading = (typeof LEADING)[number];

/** Counts of a month, of a measure: what a line over time is drawn of. */
export interface Point {
  month: string;
  rates: Record<Leading, MetRate>;
}

/** A site in a report of the group: how it stands in each target. */
export interface SiteLine {
  site: string;
  name: string;
  figures: Record<Leading, { rate: MetRate; onTarget: boolean | null; change: RateChange }>;
}

/** An improvement as a report shows it: words by reference, for they may have to be erased. */
export interface ImprovementLine {
  id: string;
  site: string;
  topic: Topic;
  words: PersonalRef;
  position: Position;
  /** Of a department's head: its name. */
  department?: string;
  dueDay: Day;
  status: Status;
  late: boolean;
  said?: { words: PersonalRef; at: Instant };
}

/** Sections that a report of one site has, and of the group where they can be added up. */
export interface Sections {
  collection: {
    /** As it stands: of each month of the report, the latest last. */
    months: { month: string; current: Collected['current']; toDate: Collected['currentToDate'] }[];
    /** Of the last month of the report. */
    total: Collected;
    items: NamedFigures[];
    /** The buildings (of the group: sites) with the most to collect, at most `MOST`; `more` others. */
    worst: NamedFigures[];
    more: number;
  };
  /** At the end of the report's last month: what is open by age, and how far the ladder went for what fell due from `since` on. */
  arrears: { ageing: Ageing; funnel: Funnel; since: Day };
  /** Alerts of the period, by rule. */
  alerts: AlertCounts;
  /** Absent where there are more cases than can be held at once; the API breaks down each site and month. */
  service?: z.input<typeof serviceOut>;
}

/**
 * All that a monthly or annual report says, as it stood when it was composed: kept as it is, so that it reads the same for
 * ever, in either language.
 */
export interface Content extends Sections {
  /** Of how it is kept; see kept.ts. */
  v: 1;
  /** A site's id; `*` is the group. */
  site: string;
  name: string;
  /** The time zone of what it says of time: the site's; of the group, its first site's. */
  zone: string;
  /** Names of departments, by id. */
  departments: Record<string, string>;
  /** Of one site: how it writes its buildings, where it says so itself. */
  placeFormat?: string | undefined;
  period: string;
  span: Span;
  previous: Span;
  composedAt: Instant;
  /** Of one site: the months of the period that were signed by then, with the hash of what was. */
  closed: { month: string; hash: string }[];
  /** How many months of its sites were signed by then, of how many. */
  signed: { months: number; of: number };
  figures: Figures<Compared>;
  trend: Point[];
  /**
   * Of the group only: at most `MOST`, those that missed most first; `more` others. `missing` missed at least one target, `idle`
   * had no case of any.
   */
  sites?: { lines: SiteLine[]; more: number; count: number; missing: number; idle: number };
  /** Planned, or ended since the period began; at most `MOST`, late ones first. `more` others. */
  improvements: { lines: ImprovementLine[]; more: number } & Record<'open' | 'late' | 'done' | 'dropped', number>;
}

/** Lines of a list in a report, at most; the whole list is in the API. */
export const MOST = 20;

/** The days of a month (`2026-11`) or year (`2026`). */
export const spanOf = (period: string): Span =>
  period.length === 4 ? { from: `${period}-01-01`, to: `${period}-12-31` } : daysOf(period);

/** The months of a report, and the one whose end it stands at. */
export const monthsOf = (period: string): string[] =>
  period.length === 4 ? Array.from({ length: 12 }, (_, i) => `${period}-${String(i + 1).padStart(2, '0')}`) : [period];
