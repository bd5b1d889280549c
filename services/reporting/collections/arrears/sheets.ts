import type * as z from 'zod';
import { named, type SheetColumns, table } from '../../../../shared/sheet/columns.ts';
import { sheetFiles } from '../../../../shared/sheet/files.ts';
import { yuanCell } from '../../../../shared/sheet/sheet.ts';
import { say } from '../../../../shared/text/catalogue.ts';
import { BUCKETS, type Open } from './ageing.ts';
import { DEBT_OUTCOMES } from './ladder.ts';
import type { arrearsOut, debtorsOut, funnelOut } from './view.ts';

type Arrears = z.output<typeof arrearsOut>;
/** The total has no key. */
type Aged = Arrears['total'] & { key?: string; on?: string | undefined };

const amounts = (
  heading: 'arrears.open' | 'arrears.overdue' | `arrears.${(typeof BUCKETS)[number]}`,
  of: (row: Aged) => Open,
): SheetColumns<Aged> => [
  [[heading, 'arrears.principal'], (row) => yuanCell(of(row).fen)],
  [[heading, 'arrears.late'], (row) => yuanCell(of(row).lateFen)],
  [[heading, 'arrears.bills'], (row) => of(row).bills],
  [[heading, 'arrears.accounts'], (row) => of(row).accounts],
];
const AGED: SheetColumns<Aged> = [
  ['arrears.of', ({ key }, language) => key ?? say('column.total', language)],
  ['arrears.on', ({ on }) => on],
  ...amounts('arrears.open', ({ open }) => open),
  ...amounts('arrears.overdue', ({ overdue }) => overdue),
  ...BUCKETS.flatMap((bucket) => amounts(`arrears.${bucket}`, ({ buckets }) => buckets[bucket])),
];
/** A line for each building or site of the page, and the total of all of them; money in yuan (元). */
export const arrearsFiles = sheetFiles<Arrears>('arrears', ({ items, total, on }, language) =>
  table<Aged>(AGED, [...items, { ...total, on }], language),
);

type Funnel = z.output<typeof funnelOut>;
type FunnelRow = Funnel['total']['rungs'][number] & { key?: string | undefined };
const STEPS: SheetColumns<FunnelRow> = [
  ['arrears.of', ({ key }, language) => key ?? say('column.total', language)],
  ['arrears.rung', ({ rung }, language) => say(`rung.${rung}`, language)],
  ...(['reached', ...DEBT_OUTCOMES] as const).flatMap(
    (outcome): SheetColumns<FunnelRow> => [
      [[`funnel.${outcome}`, 'funnel.debts'], (row) => row[outcome].debts],
      [[`funnel.${outcome}`, 'arrears.principal'], (row) => yuanCell(row[outcome].fen)],
    ],
  ),
];
/** A line for each rung of each building or site of the page, and of the total; money in yuan (元). */
export const funnelFiles = sheetFiles<Funnel>('dunning-funnel', ({ items, total }, language) => {
  const each: { key?: string; rungs: Funnel['total']['rungs'] }[] = [...items, total];
  return table<FunnelRow>(
    STEPS,
    each.flatMap(({ key, rungs }) => rungs.map((rung) => ({ key, ...rung }))),
    language,
  );
});

type Debtors = z.output<typeof debtorsOut>;
type Line = { debtor: Debtors['items'][number]; debt: Debtors['items'][number]['debts'][number] };
const DEBTS: SheetColumns<Line> = [
  ['column.account', ({ debtor }) => debtor.account],
  ['collection.unit', ({ debtor }, _, told) => named('units', debtor.unit, told)],
  ['collection.party', ({ debtor }, _, told) => named('parties', debtor.party, told)],
  ['arrears.due-day', ({ debt }) => debt.dueDay],
  ['arrears.age', ({ debt }, language) => say(`arrears.${debt.bucket}`, language)],
  ['arrears.principal', ({ debt }) => yuanCell(debt.fen)],
  ['arrears.late', ({ debt }) => yuanCell(debt.lateFen)],
  ['arrears.bill-names', ({ debt }) => debt.bills.map(({ bill }) => bill).join(' ')],
  [
    'arrears.rung',
    ({ debt }, language) => {
      const last = debt.rungs.at(-1);
      return last && say(`rung.${last.rung}`, language);
    },
  ],
  ['arrears.held', ({ debtor }, language) => say(debtor.held ? 'yes' : 'no', language)],
];
/** A line for each debt of the accounts of the page. */
export const debtorFiles = sheetFiles<Debtors>('debtors', ({ items }, language, told) =>
  table(
    DEBTS,
    items.flatMap((debtor) => debtor.debts.map((debt) => ({ debtor, debt }))),
    language,
    told,
  ),
);
