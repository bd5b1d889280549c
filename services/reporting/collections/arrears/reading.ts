import { type Coarse, foldedCells } from '../folding.ts';
import type { MoneyCell } from '../post.ts';
import type { Collection } from '../store.ts';

/**
 * What of a site moved by due day, of the whole site or of each building, added up as it comes, once for each question
 * (`forAges`, `forFunnel`): what ages and funnels of any month are made of. A site has a cell for each of its due days and
 * month in which something moved of it: with one due day a month whose debts are paid within a year, about 150 a year,
 * 3 read units; slips and arrears taken over add their own due days.
 */
export const readDue = (
  collection: Collection,
  site: string,
  by: 'total' | 'building',
  ...questions: Coarse[]
): Promise<MoneyCell[][]> => foldedCells(collection.pages(site, 'due', by === 'building' ? 'b' : 't'), ...questions);
