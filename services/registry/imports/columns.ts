import { AREA_MAX, microOf } from '../../../shared/area.ts';
import { addDays, type Day, isDay, isZone } from '../../../shared/clock.ts';
import type { Region } from '../../../shared/phone.ts';
import { Refusal } from '../../../shared/refusal.ts';
import { type Cell, NOTHING, type Row } from '../../../shared/sheet/read/cells.ts';
import type { Table } from '../../../shared/sheet/read/table.ts';
import type { Language, MessageKey } from '../../../shared/text/catalogue.ts';
import type { RowFault } from '../events.ts';

/** Why a cell is not accepted. */
export interface Fault {
  rule: MessageKey;
  details?: NonNullable<RowFault['details']>;
}
export const fault = (rule: MessageKey, details?: NonNullable<RowFault['details']>): Fault =>
  details === undefined ? { rule } : { rule, details };
const isFault = (value: unknown): value is Fault => typeof value === 'object' && value !== null && 'rule' in value;

/** A column: the headers it goes by, and what its cells mean. An empty cell means `empty`, or is a fault. */
export interface Column<T> {
  titles: string[];
  /** Headers it goes by where none of the others stands: `套内面积` beside `建筑面积` isn't the area. The first counts. */
  otherwise?: string[];
  /**
   * @param cell what stands behind the text: a number's digits, a day, a boolean
   * @param region the site's, where the meaning of a text depends on it
   */
  read(text: string, cell: Cell, region: Region): T | Fault;
  empty?: { value: T };
  /** Of what may stand in several columns (手机, 联系电话): what their cells say together. */
  together?(all: T[]): T;
}
export type Columns<T> = { [K in keyof T]: Column<T[K]> };

const TRADITIONAL = '樓棟單號層區類積電話聯繫業戶繳費語關係狀態編間產權證郵機項門職務員帳賬時稱龍組團築實碼總';
const SIMPLIFIED = '楼栋单号层区类积电话联系业户缴费语关系状态编间产权证邮机项门职务员账账时称龙组团筑实码总';

/**
 * Headers are compared without case, spaces, marks of duty (`*`, 必填) and units in brackets, and however their signs are
 * written: `建築面積`… `樓棟(必填)*` is `楼栋`.
 */
export const plain = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(.*?\)|【.*?】|\[.*?\]|[\s*_:-]|[必选]填项?$|^[必选]填项?/g, '')
    .replace(/\p{Script=Han}/gu, (sign) => SIMPLIFIED[TRADITIONAL.indexOf(sign)] ?? sign);

export type Parsed<T> = { line: number; value: T } | { line: number; faults: RowFault[] };

/** Where each column stands, by its field; nowhere, or in several places. */
export const columnsAt = (header: readonly string[], columns: Columns<object>): Map<string, number[]> => {
  const titles = header.map(plain);
  const at = (names: readonly string[]) => {
    const wanted = new Set(names.map(plain));
    return titles.flatMap((title, i) => (wanted.has(title) ? [i] : []));
  };
  return new Map(
    (Object.entries(columns) as [string, Column<unknown>][]).map(([field, { titles: names, otherwise = [] }]) => {
      const strongest = [[field, ...names], ...otherwise.map((one) => [one])].map(at);
      return [field, strongest.find((places) => places.length > 0) ?? []];
    }),
  );
};

/**
 * Every row as a value, or as everything that is wrong with it; for columns nobody declared see `unused.ts`.
 * @throws Refusal when a column that can't be left out is missing or stands twice
 */
export const parseRows = <T extends object>(
  { header, rows, ...at }: Table,
  columns: Columns<T>,
  region: Region,
): Parsed<T>[] => {
  const fields = Object.entries(columns) as [keyof T & string, Column<unknown>][];
  const chinese = /\p{Script=Han}/u.test(header.join());
  const named = (names: readonly string[]) =>
    fields
      .filter(([field]) => names.includes(field))
      .map(
        ([field, column]) =>
          (chinese ? column.titles.find((title) => /\p{Script=Han}/u.test(title)) : undefined) ?? field,
      );
  const places = columnsAt(header, columns);
  const twice = fields
    .filter(([field, { together }]) => !together && (places.get(field)?.length ?? 0) > 1)
    .map(([field]) => field);
  if (twice.length > 0) throw wrongColumns('import.column-twice', named(twice), at);
  const missing = fields.filter(([field, { empty }]) => !empty && places.get(field)?.length === 0).map(([f]) => f);
  if (missing.length > 0) throw wrongColumns('import.column-missing', named(missing), at);

  return rows.map(({ line, cells }: Row): Parsed<T> => {
    const faults: RowFault[] = [];
    const value: Record<string, unknown> = {};
    for (const [field, column] of fields) {
      const all = (places.get(field) ?? []).map((at) => cells[at] ?? NOTHING);
      const filled = column.together ? all.filter(({ text }) => text !== '') : all;
      const said = (filled.length > 0 ? filled : [NOTHING]).map((cell) => readCell(cell, column, region));
      const wrong = said.find(isFault);
      if (wrong) faults.push({ line, field, ...wrong });
      else value[field] = column.together ? column.together(said) : said[0];
    }
    return faults.length > 0 ? { line, faults } : { line, value: value as T };
  });
};

const readCell = <T>(cell: Cell, { read, empty }: Column<T>, region: Region): T | Fault => {
  if (cell.text === '') return empty ? empty.value : fault('import.required');
  return cell.kind === 'error' ? fault('import.error-cell', { text: cell.text }) : read(cell.text, cell, region);
};

/** @param at the sheet and the line that were taken for the header */
const wrongColumns = (code: MessageKey, names: readonly string[], at: { sheet: string; line: number }) => {
  const details = { columns: names.join(', '), ...at };
  return new Refusal('invalid', code, details, [{ field: 'body.content', rule: code, details }]);
};

/** How many of the columns a row's titles name: by it the header is found. */
export const namedIn =
  <T extends object>(columns: Columns<T>) =>
  (titles: readonly string[]): number => {
    const said = new Set(titles.map(plain));
    return [...columnsAt([...said], columns).values()].filter((places) => places.length > 0).length;
  };

/** Text without control characters. */
export const text =
  (max: number) =>
  (value: string): string | Fault =>
    value.length > max || /\p{Cc}/u.test(value) ? fault('import.text', { max }) : value;

/**
 * The number or name of a place or thing, as a text: what a spreadsheet made of it (a day of 1-2, an exponent of 1E2, TRUE) isn't
 * what somebody wrote, in a workbook's cell or saved as CSV.
 */
export const label =
  (max: number) =>
  (value: string, { kind }: Cell): string | Fault => {
    if (kind === 'day' || looksLikeDay(value)) return fault('import.day-cell', { text: value });
    if (kind === 'flag' || /^(true|false)$/i.test(value)) return fault('import.flag-cell', { text: value });
    return /^[+-]?\d+(\.\d+)?e[+-]\d+$/i.test(value) ? fault('import.exponent', { text: value }) : text(max)(value);
  };

const MONTHS = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)';
const looksLikeDay = (value: string): boolean =>
  (/^(19|20)\d{2}\D/.test(value) && !isFault(day(value))) ||
  /^\d{1,2}月\d{1,2}日$/.test(value) ||
  new RegExp(`^(\\d{1,2}-${MONTHS}|${MONTHS}-\\d{1,2})$`, 'i').test(value);

/** One of a few words, in either language; what is shown as allowed are the first of each. */
export const oneOf =
  <V>(words: readonly (readonly [V, ...string[]])[]) =>
  (value: string): V | Fault => {
    const found = words.find(([, ...names]) => names.some((name) => plain(name) === plain(value)));
    return found ? found[0] : fault('import.one-of', { allowed: words.map(([, name]) => name).join(', ') });
  };
export const yesNo = oneOf<boolean>([
  [true, '是', 'yes', 'y', 'true', '1', '√', '✓', '✔', '☑', '对', '有'],
  [false, '否', 'no', 'n', 'false', '0', '×', '✗', '✘', 'x', '错', '不是', '没有'],
]);

export const language = oneOf<Language>([
  ['zh-CN', '中文', 'zh-CN', 'zh'],
  ['en', 'English', 'en', '英文'],
]);

/** Square metres with at most six decimals, in millionths. A thousands separator is accepted, a unit is not. */
export const area = (text: string, { decimal }: Pick<Cell, 'decimal'> = {}): number | Fault => {
  const value = decimal ?? text;
  const plainly = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(value) ? value.replaceAll(',', '') : value;
  return microOf(plainly) ?? fault('import.area', { max: AREA_MAX });
};

/** 1990-01-01 and 2099-12-31 as spreadsheets count days, from 1899-12-30. */
const SERIALS = { first: 32_874, last: 73_050 };

/**
 * A day as sheets write it: 2026-05-01, 2026/5/1, 2026.5.1, 2026年5月1日, 20260501, each with or without a time of day; or as they
 * count it where the column's format is lost: 46143.
 */
export const day = (value: string): Day | Fault => {
  const written = value.replace(/[\sT]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/, '');
  const serial = /^\d{5}(\.\d+)?$/.test(written) ? Math.floor(Number(written)) : 0;
  if (serial >= SERIALS.first && serial <= SERIALS.last) return addDays('1899-12-30', serial);
  const [, year = '', month = '', date = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(written) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(written) ?? [];
  const read = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(read) ? read : fault('import.day');
};

export const zone = (value: string): string | Fault => (isZone(value) ? value : fault('import.zone'));

/**
 * Several in a cell (`13800000001、13800000002(妻)`, or on a line each): each read by itself, without a word in brackets
 * (`(212) 555-0102` is a number's own); 无 and `/` are none.
 */
export const several =
  <T>(read: Column<T>['read']): Column<T[]>['read'] =>
  (value, cell, region) => {
    const parts = (cell.lines ?? [value])
      .flatMap((line) => line.normalize('NFKC').split(/[、;/]|,(?=\s*\+?\d{7,}|[^,]*@)/))
      .map((part) => part.replace(/\([^\d()]*\)/g, '').trim());
    const said = parts.filter((part) => !/^(无|没有|暂无|[-—]*|n\/?a|none)$/i.test(part));
    const all = said.map((part) => read(part, cell, region));
    return all.find(isFault) ?? (all as T[]);
  };

/** A cell that a route's own schema checks, so that both accept the same. */
export const as =
  <T>(schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } }, rule: MessageKey) =>
  (value: string): T | Fault => {
    const read = schema.safeParse(value);
    return read.success ? read.data : fault(rule);
  };
