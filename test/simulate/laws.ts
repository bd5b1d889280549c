import { CASE_TABLES, type Case, casesAmong, type Item, itemsIn } from '../support/tables.ts';
import { BUS_LAWS } from './laws/bus.ts';
import { CASE_LAWS } from './laws/cases.ts';
import { FIGURE_LAWS } from './laws/figures.ts';
import type { Law } from './laws/law.ts';
import { MAIL_LAWS } from './laws/mail.ts';
import { MONEY_LAWS } from './laws/money.ts';
import type { Life } from './life.ts';

/** Everything that has to hold. A service adds its own to those of its subject. */
export const LAWS: readonly Law[] = [...CASE_LAWS, ...BUS_LAWS, ...MAIL_LAWS, ...MONEY_LAWS, ...FIGURE_LAWS];

/** Where commands lead to besides cases. */
const RECORDS = ['registry', 'months', 'reports', 'rights'];

/** Every case of a group, and everything else, as it lies in its tables. */
export const casesOf = async (life: Life): Promise<{ cases: Case[]; items: Item[] }> => {
  // Each may be more than one call takes as arguments.
  const [cases, items]: [Case[][], Item[][]] = [[], []];
  for (const table of CASE_TABLES) {
    const some = await itemsIn(life.cloud, table);
    items.push(some);
    cases.push(casesAmong(table, some));
  }
  for (const table of RECORDS) items.push(await itemsIn(life.cloud, table));
  return { cases: cases.flat(), items: items.flat() };
};
