import { inParallel } from '../../../shared/aws/many.ts';
import type { Month } from '../../../shared/time/month.ts';
import { foldedCells, forFigures } from './folding.ts';
import type { CellSelection } from './items.ts';
import { addTo, type CellSums, type MoneyCell, PREPAID } from './post.ts';
import { type CollectionFigures, collectionFiguresOf, figuresBy } from './report.ts';
import type { Collection } from './store.ts';

/** Sums of a level as far as figures tell them apart: by when lines were entered, and by the month they are for. */
export interface Cells {
  entered: MoneyCell[];
  period: MoneyCell[];
}

/** What figures are told apart by. */
export type By = 'item' | 'building' | 'site';
export const LEVEL = { item: 'i', building: 'b', site: 't' } as const satisfies Record<By, CellSelection>;

/** Sites read side by side, two queries each: a group costs one round trip, until it has more of them. */
export const SIDE_BY_SIDE = 128;

/**
 * What figures of a month need: lines of every month are behind what it opens with, and are added up as they come.
 * @param months those of which what is for them is told apart
 */
export const readCells = async (
  collection: Collection,
  site: string,
  level: (typeof LEVEL)[By],
  month: Month,
  months?: readonly Month[],
): Promise<Cells> => {
  const read = (by: 'entered' | 'period', of: CellSelection) =>
    foldedCells(collection.pages(site, by, of), forFigures(month, months));
  const [[entered = []], [period = []]] = await Promise.all([
    read('entered', level),
    read('period', level === 't' ? { month } : level),
  ]);
  return { entered, period };
};

/** The same of several sites together. @param each is told what there is of each of them, in no order */
export const readSites = async (
  collection: Collection,
  sites: readonly string[],
  read: { level: (typeof LEVEL)[By]; month: Month; months?: readonly Month[] },
  each?: (site: string, cells: Cells) => void,
): Promise<Cells> => {
  const [entered, period]: CellSums[] = [new Map(), new Map()];
  await inParallel(sites, SIDE_BY_SIDE, async (site) => {
    const cells = await readCells(collection, site, read.level, read.month, read.months);
    each?.(site, cells);
    for (const cell of cells.entered) addTo(entered as CellSums, cell);
    for (const cell of cells.period) addTo(period as CellSums, cell);
  });
  return { entered: [...(entered as CellSums).values()], period: [...(period as CellSums).values()] };
};

export type NamedFigures = Omit<CollectionFigures, 'prepaid'> &
  Partial<Pick<CollectionFigures, 'prepaid'>> & { key: string };

/** A month's figures of each fee item or building, by name; the prepaid balance is no fee item's. */
export const figuresOfEach = ({ entered, period }: Cells, month: string, by: 'item' | 'building'): NamedFigures[] => {
  if (by === 'building') return figuresBy(entered, period, month, ({ key }) => key.building ?? '');
  const withoutPrepaid = entered.filter(({ key }) => key.item !== PREPAID);
  return figuresBy(withoutPrepaid, period, month, ({ key }) => key.item ?? '').map(
    ({ prepaid: _, ...figures }) => figures,
  );
};

/** Gathers a month's figures of each site that has any, by name. */
export const figuresOfSites = (month: string) => {
  const all: NamedFigures[] = [];
  return {
    add: (site: string, { entered, period }: Cells): void => {
      if (entered.length + period.length > 0) all.push({ key: site, ...collectionFiguresOf(entered, period, month) });
    },
    sorted: () => all.sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
};
