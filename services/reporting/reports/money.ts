import { inParallel } from '../../../shared/many.ts';
import { ageing, together } from '../arrears/ageing.ts';
import { funnel } from '../arrears/funnel.ts';
import { readDue } from '../arrears/reading.ts';
import { type Cells, figuresOfEach, LEVEL, type NamedFigures, readCells } from '../collection/reading.ts';
import { figuresOf } from '../collection/report.ts';
import type { Collection } from '../collection/store.ts';
import { spanBefore } from '../span.ts';
import { MOST, monthsOf, type Sections, spanOf } from './content.ts';

/** Sites read side by side, two queries each. */
const SIDE_BY_SIDE = 64;

/** What is not in yet of what is due for the month, as it stands (fen). */
const lacking = ({ currentToDate }: NamedFigures): number =>
  currentToDate === null ? 0 : currentToDate.ofFen - currentToDate.fen;

/** Those with the most to collect, the most first; equal ones by name. Those with nothing to collect are left out. */
const worstOf = (all: readonly NamedFigures[]) => {
  const lack = all.filter((one) => lacking(one) > 0);
  const sorted = lack.sort((a, b) => lacking(b) - lacking(a) || (a.key < b.key ? -1 : 1));
  return { worst: sorted.slice(0, MOST), more: Math.max(0, sorted.length - MOST) };
};

const joined = (all: readonly Cells[]): Cells => ({
  entered: all.flatMap(({ entered }) => entered),
  period: all.flatMap(({ period }) => period),
});

/** The collection of some sites, by fee item and by building (of one site) or site (of many). */
const sectionOf = (items: Cells, each: Cells, by: 'building' | 'site', period: string): Sections['collection'] => {
  const months = monthsOf(period);
  const last = months.at(-1) as string;
  return {
    months: months.map((month) => {
      const { current, currentToDate: toDate } = figuresOf(items.entered, items.period, month);
      return { month, current, toDate };
    }),
    total: figuresOf(items.entered, items.period, last),
    items: figuresOfEach(items, last, 'item'),
    ...worstOf(figuresOfEach(each, last, by)),
  };
};

/**
 * The collection of a period: rates of its months, the roll-forward of its last, and who has the most to pay.
 * @param sites one, told apart by building; or those of the group
 */
export const readMoney = async (
  collection: Collection,
  sites: readonly string[],
  by: 'building' | 'site',
  period: string,
): Promise<Sections['collection']> => {
  const last = monthsOf(period).at(-1) as string;
  const read = async (level: 'item' | 'building' | 'site') =>
    joined(await inParallel(sites, SIDE_BY_SIDE, (site) => readCells(collection, site, LEVEL[level], last)));
  const [items, each] = await Promise.all([read('item'), read(by)]);
  return sectionOf(items, each, by, period);
};

/**
 * What of some sites was open by age when a period ended, and how far the ladder went for what fell due in it or in the
 * one before: a rung of D+30 comes after its month.
 */
export const readArrears = async (
  collection: Collection,
  sites: readonly string[],
  period: string,
): Promise<Sections['arrears']> => {
  const span = spanOf(period);
  const month = span.to.slice(0, 7);
  const all = await inParallel(sites, SIDE_BY_SIDE, (site) => readDue(collection, site, 'total'));
  const { from: since } = spanBefore(span);
  return {
    ageing: together(all.map((cells) => ageing(cells, span.to, month))),
    funnel: funnel(all.flat(), { from: since, to: span.to }, month),
    since,
  };
};
