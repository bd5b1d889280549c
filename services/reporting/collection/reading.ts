import type { Month } from '../../../shared/month.ts';
import type { Level, Standing } from './items.ts';
import { PREPAID } from './post.ts';
import { type Figures, figuresBy } from './report.ts';
import type { Collection } from './store.ts';

/** Cells of a level: by the month in which lines were entered, and by the month they are for. */
export interface Cells {
  entered: Standing[];
  period: Standing[];
}

/** What figures are told apart by. */
export type By = 'item' | 'building' | 'site';
export const LEVEL = { item: 'i', building: 'b', site: 't' } as const satisfies Record<By, Level>;

/** What figures of a month need: lines of every month are behind what it opens with. */
export const readCells = async (
  collection: Collection,
  site: string,
  level: (typeof LEVEL)[By],
  month: Month,
): Promise<Cells> => {
  const [entered, period] = await Promise.all([
    collection.cells(site, 'entered', level),
    collection.cells(site, 'period', level === 't' ? { month } : level),
  ]);
  return { entered, period };
};

const NAME_OF: Record<By, (cell: Standing) => string> = {
  item: ({ key }) => key.item ?? '',
  building: ({ key }) => key.building ?? '',
  site: ({ site }) => site,
};

export type NamedFigures = Omit<Figures, 'prepaid'> & Partial<Pick<Figures, 'prepaid'>> & { key: string };

/** A month's figures of each fee item, building or site, by name; the prepaid balance is no fee item's. */
export const figuresOfEach = ({ entered, period }: Cells, month: string, by: By): NamedFigures[] => {
  if (by !== 'item') return figuresBy(entered, period, month, NAME_OF[by]);
  const withoutPrepaid = entered.filter(({ key }) => key.item !== PREPAID);
  return figuresBy(withoutPrepaid, period, month, NAME_OF.item).map(({ prepaid: _, ...figures }) => figures);
};
