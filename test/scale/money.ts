import { LIST_PRICES } from '../../local/gateway/index.ts';
import { type IdlePrices, pricesOfIdle } from '../bench/idle.ts';
import type { KeyUse } from '../bench/keys.ts';
import type { Assumptions } from './assumptions.ts';
import { BACKUP_USD, SELDOM_USD, STORED_USD } from './limits.ts';
import type { LoadName, Measured } from './measured.ts';
import { median, sizesOf } from './sites.ts';

const GB = 2 ** 30;
const KB = 1024;

/** How often each thing happens at a site of so many units in a month. */
export const monthOf = (a: Assumptions, units: number): Partial<Record<LoadName, number>> => {
  const contacts = (a.contactsPerDay * a.days * units) / a.units;
  const complaints = contacts * a.complaints;
  return {
    contact: contacts - complaints,
    complaint: complaints * (1 - a.leftAlone),
    'complaint left alone': complaints * a.leftAlone,
    page: contacts * a.pagesPerContact,
    figures: a.figuresPerSiteDay * a.days,
    notice: units,
    friendly: units * a.owing1,
    reminder: units * a.owing7,
    call: units * a.owing7,
    'second notice': units * a.owing15,
    // The director's review writes what a demand does, but for the letter.
    demand: units * (a.owing30 + a.owing60),
    payment: units * (1 - a.owing60),
  };
};

/** What is kept, by what it is. Counters are updated in place: they grow by days, never by cases. */
export const KEPT = ['journals', 'keys', 'texts', 'case rows', 'accounts of figures', 'inboxes'] as const;
export type Kept = (typeof KEPT)[number];
const keptAs = ({ table, key }: KeyUse): Kept => {
  if (table === 'personal') return 'texts';
  if (table === 'inbox') return 'inboxes';
  if (table === 'reporting') return key.includes('#case#') ? 'case rows' : 'accounts of figures';
  return key.includes('#key#') ? 'keys' : 'journals';
};

export interface Money {
  units: number;
  /** Dollars a month: requests, functions, events and transitions. */
  useUsd: number;
  mailUsd: number;
  /** Bytes that a month adds, by what they are. */
  grown: Record<Kept, number>;
  /** Case rows of as many months as are kept at hand; dollars a month, and in the class for what is seldom read. */
  rowBytes: number;
  rowUsd: number;
  rowSeldomUsd: number;
  /** Bytes of counters that a month adds, at most. */
  counterBytes: number;
  /** Dollars a month for all that a year has added, case rows and counters included. */
  yearStoredUsd: number;
}

/** The largest that a day's counts were written as (bytes), from what a write of them costs. */
export const cellBytes = ({ loads }: Measured): number => {
  const cells = Object.values(loads).flatMap(({ keys }) => keys.filter(({ key }) => key === '{site}#days'));
  const units = Math.max(1, ...cells.map(({ writeUnits, records }) => (records > 0 ? writeUnits / records / 2 : 1)));
  return Math.ceil(units) * KB;
};

/** What the whole costs in a month with nothing to do, dollars: what runs on a timetable, and what is only there. */
export const idleMonth = (a: Assumptions, { loads, facts }: Measured): IdlePrices & { timetableUsd: number } => {
  const timetableUsd = (loads['a day without anything'].per1000Usd / 1000) * a.days;
  const prices = pricesOfIdle(facts.idle);
  return { ...prices, timetableUsd, totalUsd: prices.totalUsd + timetableUsd };
};

/** What a site costs in a month; of what costs the same with nothing to do, its part. */
export const moneyOf = (a: Assumptions, measured: Measured, units: number): Money => {
  const { loads } = measured;
  const grown = Object.fromEntries(KEPT.map((name) => [name, 0])) as Record<Kept, number>;
  let useUsd = idleMonth(a, measured).totalUsd / a.sites;
  let mails = 0;
  for (const [name, count] of Object.entries(monthOf(a, units)) as [LoadName, number][]) {
    const load = loads[name];
    useUsd += (load.per1000Usd / 1000) * count;
    mails += load.mails * count;
    for (const use of load.keys) grown[keptAs(use)] += use.bytes * count;
  }
  const stored = STORED_USD + BACKUP_USD;
  // A day's counts, and a thirtieth of a month's.
  const counterBytes = cellBytes(measured) * (a.days + 1);
  const rowBytes = grown['case rows'] * a.rowMonths;
  const all = Object.values(grown).reduce((sum, bytes) => sum + bytes, counterBytes);
  return {
    units,
    useUsd,
    mailUsd: mails * LIST_PRICES.perUnit['ses.messages'],
    grown,
    rowBytes,
    rowUsd: (rowBytes / GB) * stored,
    rowSeldomUsd: (rowBytes / GB) * (SELDOM_USD + BACKUP_USD),
    counterBytes,
    yearStoredUsd: ((all * 12) / GB) * stored,
  };
};

const added = (x: Money, y: Money): Money => ({
  ...(Object.fromEntries(
    (Object.keys(x) as (keyof Money)[]).map((name) => [name, (x[name] as number) + (y[name] as number)]),
  ) as unknown as Money),
  grown: Object.fromEntries(KEPT.map((name) => [name, x.grown[name] + y.grown[name]])) as Record<Kept, number>,
});

/** A month of the median site, of the largest, and of all of them: the sum over sites. */
export const month = (a: Assumptions, measured: Measured) => {
  const sizes = sizesOf(a);
  const each = sizes.map((units) => moneyOf(a, measured, units));
  const [first, ...others] = each;
  if (!first) throw new Error('no sites');
  return { median: moneyOf(a, measured, median(sizes)), largest: first, all: others.reduce(added, first) };
};
