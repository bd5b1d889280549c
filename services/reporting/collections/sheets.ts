import type * as z from 'zod';
import { named, type SheetColumns, table, timeAt } from '../../../shared/sheet/columns.ts';
import { sheetFiles } from '../../../shared/sheet/files.ts';
import { decimalCell, type Sheet, yuanCell } from '../../../shared/sheet/sheet.ts';
import { type Language, say } from '../../../shared/text/catalogue.ts';
import type { collectedOut, collectionOut } from './view.ts';

type Collection = z.output<typeof collectionOut>;
/** The total has no key. */
type CollectionRow = Collection['total'] & { key?: string };
type Account = z.output<typeof collectedOut>;

const RATES = {
  current: 'collection.current',
  currentToDate: 'collection.to-date',
  prior: 'collection.prior',
} as const;
const PARTS = { principal: 'collection.principal', late: 'collection.late', prepaid: 'collection.prepaid' } as const;
/** What moves an amount owed or prepaid, in the order of a roll-forward; a part has some of them. */
const MOVES = {
  openingFen: 'collection.opening',
  chargedFen: 'collection.charged',
  discountFen: 'collection.discount',
  adjustedFen: 'collection.adjusted',
  paidFen: 'collection.paid',
  collectedFen: 'collection.collected',
  reversedFen: 'collection.reversed',
  freedFen: 'collection.freed',
  refundedFen: 'collection.refunded',
  movedFen: 'collection.moved',
  offsetFen: 'collection.offset',
  undoneFen: 'collection.undone',
  waivedFen: 'collection.waived',
  closingFen: 'collection.closing',
} as const;
const OWED = [
  'openingFen',
  'chargedFen',
  'collectedFen',
  'reversedFen',
  'offsetFen',
  'undoneFen',
  'waivedFen',
  'closingFen',
];
const HAS: Record<keyof typeof PARTS, readonly string[]> = {
  principal: [...OWED, 'discountFen', 'adjustedFen', 'freedFen'],
  late: OWED,
  prepaid: [
    'openingFen',
    'paidFen',
    'freedFen',
    'reversedFen',
    'refundedFen',
    'movedFen',
    'offsetFen',
    'undoneFen',
    'closingFen',
  ],
};
const keysOf = <T extends object>(of: T) => Object.keys(of) as (keyof T)[];

const yuan = (fen: number | undefined) => (fen === undefined ? null : yuanCell(fen));

const COLUMNS: SheetColumns<CollectionRow> = [
  ['collection.of', ({ key }, language) => key ?? say('column.total', language)],
  ...keysOf(RATES).flatMap(
    (rate): SheetColumns<CollectionRow> => [
      [[RATES[rate], 'collection.percent'], (row) => decimalCell(row[rate]?.percent)],
      [[RATES[rate], 'collection.collected'], (row) => yuan(row[rate]?.fen)],
      [[RATES[rate], 'collection.to-collect'], (row) => yuan(row[rate]?.ofFen)],
    ],
  ),
  ...keysOf(PARTS).flatMap(
    (part): SheetColumns<CollectionRow> =>
      keysOf(MOVES)
        .filter((move) => HAS[part].includes(move))
        .map((move) => [
          [PARTS[part], MOVES[move]],
          (row) => yuan((row[part] as Partial<Record<typeof move, number>> | undefined)?.[move]),
        ]),
  ),
];

/** A line for each of what has rates and a roll-forward; money in yuan (元). */
export const collectedTable = (rows: readonly CollectionRow[], language: Language): Sheet =>
  table(COLUMNS, rows, language);
/** A line for each fee item, building or site of the page, and the total of all of them. */
export const collectionFiles = sheetFiles<Collection>('collection', ({ items, total }, language) =>
  collectedTable([...items, total], language),
);

const LINES: SheetColumns<{ account: Account; line: Account['lines'][number] }> = [
  ['column.account', ({ account }) => account.account],
  ['collection.unit', ({ account }, _, told) => named('units', account.unit, told)],
  ['collection.party', ({ account }, _, told) => named('parties', account.party, told)],
  ['collection.line', ({ line }) => line.id],
  ['collection.at', ({ line }, _, told) => timeAt(line.at, told)],
  ['collection.kind', ({ line }) => line.kind],
  ['collection.reversal', ({ line }, language) => say(line.reversal ? 'yes' : 'no', language)],
  ['collection.bill', ({ line }) => line.bill],
  ['collection.part', ({ line }) => line.part],
  ['collection.owed', ({ line }) => yuanCell(line.owedFen)],
  ['collection.credit', ({ line }) => yuanCell(line.creditFen)],
];

/** A line for each ledger line of the accounts of the page. */
export const accountFiles = sheetFiles<{ items: Account[] }>('accounts', ({ items }, language, told) =>
  table(
    LINES,
    items.flatMap((account) => account.lines.map((line) => ({ account, line }))),
    language,
    told,
  ),
);
