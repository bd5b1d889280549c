import { inParallel } from '../../../shared/aws/many.ts';
import {
  addTo,
  ageing,
  type CellSums,
  type Cells,
  collectionFiguresOf,
  figuresOfEach,
  figuresOfSites,
  forAges,
  forFunnel,
  funnel,
  LEVEL,
  type NamedFigures,
  readDue,
  readSites,
  SIDE_BY_SIDE,
  together,
} from '../collections/contract.ts';
import type { Collection } from '../collections/contract-store.ts';
import { spanBefore } from '../figures/contract.ts';
import { MOST, monthsOf, type Sections, spanOf } from './content.ts';

/** What is not in yet of what is due for the month, as it stands (fen). */
const lacking = ({ currentToDate }: NamedFigures): number =>
  currentToDate === null ? 0 : currentToDate.ofFen - currentToDate.fen;

/** Those with the most to collect, the most first; equal ones by name. Those with nothing to collect are left out. */
const worstOf = (all: readonly NamedFigures[]) => {
  const lack = all.filter((one) => lacking(one) > 0);
  const sorted = lack.sort((a, b) => lacking(b) - lacking(a) || (a.key < b.key ? -1 : 1));
  return { worst: sorted.slice(0, MOST), more: Math.max(0, sorted.length - MOST) };
};

/** The collection of some sites, by fee item and by building (of one site) or site (of many). */
const sectionOf = (items: Cells, each: readonly NamedFigures[], period: string): Sections['collection'] => {
  const months = monthsOf(period);
  const last = months.at(-1) as string;
  return {
    months: months.map((month) => {
      const { current, currentToDate: toDate } = collectionFiguresOf(items.entered, items.period, month);
      return { month, current, toDate };
    }),
    total: collectionFiguresOf(items.entered, items.period, last),
    items: figuresOfEach(items, last, 'item'),
    ...worstOf(each),
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
  const months = monthsOf(period);
  const month = months.at(-1) as string;
  const each = figuresOfSites(month);
  // One level after the other: nobody waits, and what is held at once is what one of them holds.
  const items = await readSites(collection, sites, { level: LEVEL.item, month, months });
  const cells = await readSites(collection, sites, { level: LEVEL[by], month }, by === 'site' ? each.add : undefined);
  return sectionOf(items, by === 'site' ? each.sorted() : figuresOfEach(cells, month, by), period);
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
  const { from: since } = spanBefore(span);
  const cohort = { from: since, to: span.to };
  const dunned: CellSums = new Map();
  const ages = await inParallel(sites, SIDE_BY_SIDE, async (site) => {
    const questions = [forAges(span.to, month), forFunnel(cohort, month)];
    const [aged = [], due = []] = await readDue(collection, site, 'total', ...questions);
    for (const cell of due) addTo(dunned, cell);
    return ageing(aged, span.to, month);
  });
  return {
    ageing: together(ages),
    funnel: funnel([...dunned.values()], cohort, month),
    since,
  };
};
