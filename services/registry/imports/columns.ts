import { Refusal } from '../../../shared/domain/refusal.ts';
import { type Merge, NOTHING, type ReadCell, type SheetRow } from '../../../shared/sheet/read/cells.ts';
import { carriedDown } from '../../../shared/sheet/read/merges.ts';
import type { SheetTable } from '../../../shared/sheet/read/table.ts';
import { unbracketed } from '../../../shared/sheet/read/words.ts';
import type { Language, MessageKey } from '../../../shared/text/catalogue.ts';
import type { Region } from '../../../shared/values/phone.ts';
import type { RowFault } from '../events.ts';
import { type CellFault, type CellReader, fault, isFault } from './cells.ts';

/** A column: the headers it goes by, and what its cells mean. An empty cell means `empty`, or is a fault. */
export interface ImportColumn<T> {
  titles: string[];
  /** Headers it goes by where none of the others stands: `套内面积` beside `建筑面积` isn't the area. The first counts. */
  otherwise?: string[];
  read: CellReader<T>;
  empty?: { value: T };
  /** Left out by a whole sheet, or by none of its rows: where the column stands an empty cell is a fault. */
  allOrNone?: true;
  /** One of a few words that say of themselves what they are of, whatever heading they stand under. */
  telling?: true;
  /** Headings that speak of it otherwise than its cells would say it: `是否空置`. */
  spokenOf?: RegExp;
  /** Of what may stand in several columns (手机, 联系电话): what their cells say together. */
  together?(all: T[]): T;
  /** A cell merged over several rows says it of each: a level of a place. Of anything else a merge is a fault of its rows. */
  carries?: true;
}
export type ImportColumns<T> = { [K in keyof T]: ImportColumn<T[K]> };

/** A row as far as it could be read: whole where it has no faults. */
export interface Parsed<T> {
  line: number;
  value: T;
  faults: RowFault[];
}

/** The headings that columns are declared with, each worked out once: a workbook has many rows that could be a header. */
const declared = (heading: string): string => {
  const known = HEADINGS.get(heading) ?? unbracketed(heading);
  HEADINGS.set(heading, known);
  return known;
};
const HEADINGS = new Map<string, string>();

/** Where each column stands, by its field; nowhere, or in several places. */
export const columnsAt = (header: readonly string[], columns: ImportColumns<object>): Map<string, number[]> => {
  const titles = header.map(unbracketed);
  const at = (names: readonly string[]) => {
    const wanted = new Set(names.map(declared));
    return titles.flatMap((title, i) => (wanted.has(title) ? [i] : []));
  };
  return new Map(
    (Object.entries(columns) as [string, ImportColumn<unknown>][]).map(([field, { titles: names, otherwise = [] }]) => {
      const strongest = [[field, ...names], ...otherwise.map((one) => [one])].map(at);
      return [field, strongest.find((places) => places.length > 0) ?? []];
    }),
  );
};

/**
 * What a column is called: in the language of the sheet, and of whoever reads where the sheet has none.
 * @param header of the sheet
 */
export const titleOf = (
  field: string,
  column: ImportColumn<unknown>,
  header: readonly string[],
  language: Language,
) => {
  const all = header.join();
  const chinese = /\p{Script=Han}/u.test(all) || (language === 'zh-CN' && !/[A-Za-z]/.test(all));
  return (chinese ? column.titles.find((title) => /\p{Script=Han}/u.test(title)) : undefined) ?? field;
};

/**
 * Every row as a value, or as everything that is wrong with it; for columns nobody declared see `unused.ts`.
 * @throws Refusal when a column that can't be left out is missing or stands twice
 */
export const parseRows = <T extends object>(
  table: SheetTable,
  columns: ImportColumns<T>,
  { region, language }: { region: Region; language: Language },
): Parsed<T>[] => {
  const { header } = table;
  const fields = Object.entries(columns) as [keyof T & string, ImportColumn<unknown>][];
  const named = (some: typeof fields) => some.map(([field, column]) => titleOf(field, column, header, language));
  const places = columnsAt(header, columns);
  const twice = fields.filter(([field, { together }]) => !together && (places.get(field)?.length ?? 0) > 1);
  const headings = new Set(twice.flatMap(([field]) => (places.get(field) ?? []).map((at) => header[at] ?? '')));
  if (twice.length > 0) throw wrongColumns('import.column-twice', [...headings], table);
  const missing = fields.filter(([field, { empty }]) => !empty && places.get(field)?.length === 0);
  if (missing.length > 0) throw wrongColumns('import.column-missing', named(missing), table);

  const merged = mergedAt(table, columns);
  // What many cells share is read once: a small file may show one long text in every cell.
  const read = new Map<string, Map<ReadCell, unknown>>(fields.map(([field]) => [field, new Map()]));
  const idempotencyKey = (field: string, cell: ReadCell, column: ImportColumn<unknown>): unknown => {
    const known = read.get(field) as Map<ReadCell, unknown>;
    const stands = (places.get(field) ?? []).length > 0;
    if (!known.has(cell)) known.set(cell, readCell(cell, column, region, stands));
    return known.get(cell);
  };
  return rowsOf(table, columns).map(({ line, cells }: SheetRow): Parsed<T> => {
    const faults: RowFault[] = [];
    const value: Record<string, unknown> = {};
    for (const [field, column] of fields) {
      const at = places.get(field) ?? [];
      const merge = at.flatMap((one) => merged.get(line)?.get(one) ?? [])[0];
      const all = at.map((one) => cells[one] ?? NOTHING);
      const filled = column.together ? all.filter(({ text }) => text !== '') : all;
      const said = (filled.length > 0 ? filled : [NOTHING]).map((cell) => idempotencyKey(field, cell, column));
      const wrong = merge ? fault('import.merged', { from: merge.from, to: merge.to }) : said.find(isFault);
      if (wrong) faults.push({ line, field, ...wrong });
      else value[field] = column.together ? column.together(said) : said[0];
    }
    return { line, value: value as T, faults };
  });
};

/**
 * What is merged over several rows and isn't said of each, by line and column: whether 180 m² are those of one home or of both, nobody
 * can tell. Each row is looked at once, however many merges there are.
 */
const mergedAt = (
  { header, rows, merges }: SheetTable,
  columns: ImportColumns<object>,
): Map<number, Map<number, Merge>> => {
  const starting = Map.groupBy(merges, ({ from }) => from);
  const counted = countedAt(header, columns);
  const going = new Map<number, Merge>();
  const found = new Map<number, Map<number, Merge>>();
  for (const { line, cells } of rows) {
    for (const merge of starting.get(line) ?? []) {
      const { column, to } = merge;
      const longer = to > (going.get(column)?.to ?? 0);
      if (longer && counted.has(column) && (cells[column] ?? NOTHING).text !== '') going.set(column, merge);
    }
    for (const [column, { to }] of going) if (line > to) going.delete(column);
    if (going.size > 0) found.set(line, new Map(going));
  }
  return found;
};
const countedAt = (header: readonly string[], columns: ImportColumns<object>): ReadonlySet<number> => {
  const carrying = columns as Readonly<Record<string, ImportColumn<unknown>>>;
  return new Set([...columnsAt(header, columns)].flatMap(([field, at]) => (carrying[field]?.carries ? [] : at)));
};
/** The rows with what a merge says of each of them: levels of a place, and what nobody reads anyway. */
export const rowsOf = ({ header, rows, merges }: SheetTable, columns: ImportColumns<object>): SheetRow[] => {
  const counted = countedAt(header, columns);
  return carriedDown(
    rows,
    merges.filter(({ column }) => !counted.has(column)),
  );
};

const readCell = <T>(cell: ReadCell, column: ImportColumn<T>, region: Region, stands: boolean): T | CellFault => {
  const { read, empty, allOrNone } = column;
  if (cell.text === '') return empty && !(allOrNone && stands) ? empty.value : fault('import.required');
  return cell.kind === 'error' ? fault('import.error-cell', { text: cell.text }) : read(cell.text, cell, region);
};

const wrongColumns = (code: MessageKey, names: readonly string[], { sheet, line }: SheetTable) => {
  const details = { columns: names.join(', '), sheet, line };
  return new Refusal('invalid', code, details, [{ field: 'body.content', rule: code, details }]);
};

/** How many of the columns a row's titles name: by it the header is found. */
export const namedIn =
  <T extends object>(columns: ImportColumns<T>) =>
  (titles: readonly string[]): number => {
    const said = new Set(titles.map(unbracketed));
    return [...columnsAt([...said], columns).values()].filter((places) => places.length > 0).length;
  };
