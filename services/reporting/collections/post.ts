import type { Recorded } from '../../../shared/domain/events.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import { type Month, monthOf } from '../../../shared/time/month.ts';
import { entriesOf, itemOf, type LedgerEntry, periodOf } from '../../billing/contract.ts';
import type { AccountEvent } from '../../billing/events.ts';
import { type Debts, debtsAfter, movedBetween, NO_DEBTS } from './arrears/debts.ts';
import { add, type Money, moneyOf, monthAt, yearOf } from './money.ts';

export const CELLS_BY = ['entered', 'period', 'due'] as const;

/** How far an account's journal is posted, and what its lines need to be placed. */
export interface PostedAccount extends Debts {
  /** Every event up to this one, and so many lines and moves of the next. */
  version: number;
  line: number;
  building: string;
  /** The latest time of its events. One recorded under an earlier time, by a consumer that came late, counts with it. */
  latest: Instant;
  /** Of bills whose name doesn't say it: the month they count to. */
  periods: Record<string, Month>;
}

/**
 * A sum: of a building's fee item, of an item over the whole site, or of the site. By the month in which lines were
 * entered and the year they are for; or by the month they are for, and whether they were entered by its end. Of a building
 * and of the site also by the month in which something moved, and the due day of what did: added up to a month, what was
 * open at its end, by due day (`arrears/`).
 */
export interface CellKey {
  by: (typeof CELLS_BY)[number];
  building?: string | undefined;
  item?: string | undefined;
  month: Month;
  of: string;
}
export interface MoneyCell {
  key: CellKey;
  money: Money;
  /** When the newest of its lines was recorded; accounts come side by side, so it may be a little older, never newer. */
  asOf?: Instant | undefined;
}
/** The newest of the lines in some cells; `undefined` where there are none. */
export const newestOf = (cells: readonly (Pick<MoneyCell, 'asOf'> | undefined)[]): Instant | undefined =>
  cells.reduce<Instant | undefined>(
    (newest, cell) => (cell?.asOf !== undefined && cell.asOf > (newest ?? -1) ? cell.asOf : newest),
    undefined,
  );

/** Lines that are for no item and no period: the prepaid balance. No item's code, and after every year. */
export const PREPAID = '~';
/** Entered by the end of the month they are for, or later. */
export const IN_TIME = 'in';
export const AFTER = 'after';

/** The month that a bill's name says it ends in: `2026-11`, `2026-Q4` and `2026` do; `undefined` for a paid service. */
const namedMonth = (bill: string): Month | undefined => {
  const [, year, month, quarter] = /^(\d{4})(?:-(\d{2})|-Q([1-4]))?(?:\+\d+)?$/.exec(periodOf(bill)) ?? [];
  if (year === undefined) return undefined;
  if (quarter !== undefined) return `${year}-${String(3 * Number(quarter)).padStart(2, '0')}`;
  return `${year}-${month ?? '12'}`;
};
const monthOfDay = (day: Day | undefined): Month | undefined => day && monthOf(day);

/** An account of which nothing is posted. */
export const NOTHING: PostedAccount = { version: 0, line: 0, building: '', latest: 0, periods: {}, ...NO_DEBTS };

/** What is known of an account after an event: its building, and the months of bills that a name doesn't tell. */
const applied = (before: PostedAccount | undefined, event: Recorded<AccountEvent>, zone: string): PostedAccount => {
  const { latest, ...rest } = before ?? NOTHING;
  const known = { ...rest, latest: Math.max(latest, event.at) };
  if (event.name === 'account.opened') return { ...known, building: event.data.building };
  if (event.name !== 'account.charged') return known;
  const told = event.data.bills.flatMap(({ bill, to }): [string, Month][] => {
    const month = monthOfDay(to) ?? namedMonth(bill) ?? monthAt(known.latest, zone);
    return month === namedMonth(bill) ? [] : [[bill, month]];
  });
  return told.length === 0 ? known : { ...known, periods: { ...known.periods, ...Object.fromEntries(told) } };
};

/** A ledger line and where it counts. */
export interface PostedLine {
  entry: LedgerEntry;
  item: string;
  month: Month;
  period: Month | undefined;
  money: Money;
}

const linesOf = ({ latest, periods }: PostedAccount, event: Recorded<AccountEvent>, zone: string): PostedLine[] => {
  const month = monthAt(latest, zone);
  return entriesOf(event).map((entry) => {
    const { bill } = entry;
    return {
      entry,
      item: bill === undefined ? PREPAID : itemOf(bill),
      month,
      period: bill === undefined ? undefined : (periods[bill] ?? namedMonth(bill) ?? month),
      money: moneyOf(entry, month, zone),
    };
  });
};

/** Every line of an account's whole journal, and where it counts. */
export const placedLines = (events: readonly Recorded<AccountEvent>[], zone: string): PostedLine[] => {
  let known: PostedAccount | undefined;
  return events.flatMap((event) => {
    known = applied(known, event, zone);
    return linesOf(known, event, zone);
  });
};

export type CellSums = Map<string, MoneyCell>;
/** Unique among a site's cells. */
export const cellName = ({ by, building = '', item = '', month, of }: CellKey): string =>
  [by, building, item, month, of].join('\n');

/** Adds money to a cell. */
export const addTo = (cells: CellSums, cell: MoneyCell): void => {
  const name = cellName(cell.key);
  const known = cells.get(name);
  cells.set(name, { key: cell.key, money: add(known?.money ?? {}, cell.money), asOf: newestOf([known, cell]) });
};

/** Adds a line to the cells it counts in: those of its building's item, of its item, and of the site. */
const addLine = (cells: CellSums, building: string, { entry, item, month, period, money }: PostedLine): void => {
  const asOf = entry.at;
  if (Object.keys(money).length === 0) return;
  const year = period === undefined ? PREPAID : yearOf(period);
  for (const level of [{ building, item }, { item }, {}]) {
    addTo(cells, { key: { by: 'entered', ...level, month, of: year }, money, asOf });
    if (period === undefined) continue;
    addTo(cells, {
      key: { by: 'period', ...level, month: period, of: month <= period ? IN_TIME : AFTER },
      money,
      asOf,
    });
  }
};

/** An account's row before and after, and what moves with it; all in one transaction. */
export interface AccountMove {
  account: string;
  before: PostedAccount | undefined;
  after: PostedAccount;
  cells: CellSums;
}

/** What moved of a due day, in the cells of its building and of the site. */
const addMove = (
  cells: CellSums,
  building: string,
  month: Month,
  { day, money }: ReturnType<typeof movedBetween>[number],
  asOf: Instant,
): void => {
  for (const level of [{ building }, {}]) addTo(cells, { key: { by: 'due', ...level, month, of: day }, money, asOf });
};

/** Lines and moves in one step: each counts in up to six cells, and a transaction has 100 items. */
const LINES = 15;

/** The steps in which events of an account, in order and without gaps, are posted. */
export const stepsOf = (
  account: string,
  row: PostedAccount | undefined,
  events: readonly Recorded<AccountEvent>[],
  zone: string,
): AccountMove[] => {
  const steps: AccountMove[] = [];
  let at = row;
  for (const event of events) {
    const known = applied(at, event, zone);
    const debts = debtsAfter(known, event);
    const month = monthAt(known.latest, zone);
    const parts = [
      ...linesOf(known, event, zone).map((line) => (cells: CellSums) => addLine(cells, known.building, line)),
      ...movedBetween(known, debts).map(
        (move) => (cells: CellSums) => addMove(cells, known.building, month, move, event.at),
      ),
    ];
    for (let from = at?.line ?? 0; ; from += LINES) {
      const cells: CellSums = new Map();
      for (const part of parts.slice(from, from + LINES)) part(cells);
      const ended = from + LINES >= parts.length;
      const position = ended
        ? { version: event.version, line: 0, due: debts.due, holds: debts.holds }
        : { version: event.version - 1, line: from + LINES };
      const after = { ...known, ...position };
      steps.push({ account, before: at, after, cells });
      at = after;
      if (ended) break;
    }
  }
  return steps;
};

/** What commits together. */
export interface Posting {
  rows: Map<string, Pick<AccountMove, 'before' | 'after'>>;
  cells: CellSums;
}
const ITEMS = 100;

/** Packs steps, in order, into as few transactions as hold them; an account's row is written once in each. */
export const packedPostings = (steps: readonly AccountMove[]): Posting[] => {
  const postings: Posting[] = [];
  for (const { account, before, after, cells } of steps) {
    let last = postings.at(-1);
    const fresh = [...cells.keys()].filter((name) => !last?.cells.has(name)).length + (last?.rows.has(account) ? 0 : 1);
    if (!last || last.rows.size + last.cells.size + fresh > ITEMS) {
      last = { rows: new Map(), cells: new Map() };
      postings.push(last);
    }
    const known = last.rows.get(account);
    last.rows.set(account, { before: known ? known.before : before, after });
    for (const cell of cells.values()) addTo(last.cells, cell);
  }
  return postings;
};
