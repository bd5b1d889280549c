import type { Instant } from '../../../shared/time/clock.ts';
import type { Month } from '../../../shared/time/month.ts';
import { ALL_AMOUNTS, type Money } from './money.ts';
import type { CellKey, MoneyCell, PostedAccount } from './post.ts';

/**
 *   pk `<site>#account#<account>`  sk `posted`                    how far its journal is posted; indexed by building
 *   pk `<site>#entered`            sk `<level>#YYYY-MM#<year>`    lines entered in a month, for periods of a year
 *   pk `<site>#period`             sk `<level>#YYYY-MM#in|after`  lines for a month, entered by its end or later
 *   pk `<site>#due`                sk `<level>#YYYY-MM#<due day>` what moved in a month of what fell due on a day
 *
 * Levels: `b#<building>#<item>`, `i#<item>` over all buildings, `t` over everything; by due day `b#<building>` and `t`. A site has a few hundred cells a
 * month; what is read for a figure is one level of all its months. Hot when one site commits more than ~160 batches a
 * second (each increments at least three cells of a partition, and a cell costs 2 of its 1,000 write units).
 */
const POSTED = 'posted';
export type Item = Record<string, unknown>;

/** In a key: nothing that separates its parts. */
export const escapedInKey = (name: string): string => name.replace(/[%#]/g, encodeURIComponent);
const levelOf = ({ building, item }: Pick<CellKey, 'building' | 'item'>): string => {
  if (item === undefined) return building === undefined ? 't' : `b#${escapedInKey(building)}`;
  return building === undefined ? `i#${escapedInKey(item)}` : `b#${escapedInKey(building)}#${escapedInKey(item)}`;
};
export const partition = (site: string, by: CellKey['by']) => `${site}#${by}`;
export const cellKey = (site: string, { by, month, of, ...level }: CellKey) => ({
  pk: partition(site, by),
  sk: [levelOf(level), month, of].join('#'),
});
export const rowKey = (site: string, account: string) => ({ pk: `${site}#account#${account}`, sk: POSTED });
export const listOf = (site: string, building: string) => `${site}#account#${escapedInKey(building)}`;

/** A cell's name, for people. */
export const cellText = (site: string, key: CellKey): string => Object.values(cellKey(site, key)).join('#');

/** A cell as it stands, and how often it was written. */
export interface CellRow extends MoneyCell {
  site: string;
  version: number;
}

/** The cell an item is; `undefined` for every other item. */
export const cellRowOf = ({ pk, sk, v, asOf, ...amounts }: Item): CellRow | undefined => {
  const [site = '', by] = (pk as string).split('#');
  if (by !== 'entered' && by !== 'period' && by !== 'due') return undefined;
  const parts = (sk as string).split('#').map(decodeURIComponent);
  const [month = '', of = ''] = parts.slice(-2);
  const [level, ...named] = parts.slice(0, -2);
  const [building, item] = level === 'b' ? named : [undefined, ...named];
  const money = Object.fromEntries(
    ALL_AMOUNTS.flatMap((name) => (amounts[name] ? [[name, amounts[name]]] : [])),
  ) as Money;
  return {
    site,
    version: v as number,
    key: { by, building, item, month, of },
    money,
    asOf: asOf as Instant | undefined,
  };
};

/** An account's row as it stands. */
export interface AccountRow extends PostedAccount {
  site: string;
  account: string;
}
/** The account an item is the row of; `undefined` for every other item. */
export const postedOf = ({
  pk,
  seen,
  building,
  latest = 0,
  periods,
  due = {},
  holds = [],
}: Item): AccountRow | undefined => {
  const [site = '', kind, account = ''] = (pk as string).split('#');
  if (kind !== 'account') return undefined;
  const [version, line] = (seen as string).split('.').map(Number);
  return { site, account, version, line, building, latest, periods, due, holds } as AccountRow;
};

export const seenOf = ({ version, line }: Pick<PostedAccount, 'version' | 'line'>): string => `${version}.${line}`;
export const rowItem = (
  site: string,
  account: string,
  { building, latest, periods, due, holds, ...position }: PostedAccount,
) => ({
  ...rowKey(site, account),
  seen: seenOf(position),
  building,
  latest,
  periods,
  due,
  holds,
  list: listOf(site, building),
  id: account,
});
/** Which cells: a level, one building's, or the site's of a month. */
export type CellSelection = 't' | 'i' | 'b' | { building: string } | { month: Month };
export const prefixOf = (level: CellSelection): string => {
  if (typeof level === 'string') return `${level}#`;
  return 'month' in level ? `t#${level.month}#` : `b#${escapedInKey(level.building)}#`;
};
