import { AREA_MAX, microOf } from '../../../shared/area.ts';
import { type Day, isDay, isZone } from '../../../shared/clock.ts';
import { Refusal } from '../../../shared/refusal.ts';
import type { Language, MessageKey } from '../../../shared/text/catalogue.ts';
import type { RowFault } from '../events.ts';
import type { Row, Sheet } from './sheet.ts';

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
  read(text: string): T | Fault;
  empty?: { value: T };
}
export type Columns<T> = { [K in keyof T]: Column<T[K]> };

/** Headers are compared without case, spaces, marks of duty (`*`) and units in brackets: `建筑面积(m²)*` is `建筑面积`. */
const plain = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(.*?\)|[\s*_:-]/g, '');

export type Parsed<T> = { line: number; value: T } | { line: number; faults: RowFault[] };

/**
 * Every row as a value, or as everything that is wrong with it. Columns nobody declared are passed over.
 * @throws Refusal when a column that can't be left out is missing or stands twice
 */
export const parseRows = <T extends object>({ header, rows }: Sheet, columns: Columns<T>): Parsed<T>[] => {
  const fields = Object.entries(columns) as [keyof T & string, Column<unknown>][];
  const titles = header.map(plain);
  const places = new Map(
    fields.map(([field, column]) => {
      const names = [field, ...column.titles].map(plain);
      return [field, titles.flatMap((title, i) => (names.includes(title) ? [i] : []))];
    }),
  );
  const twice = fields.filter(([field]) => (places.get(field)?.length ?? 0) > 1).map(([field]) => field);
  if (twice.length > 0) throw wrongColumns('import.column-twice', twice);
  const missing = fields.filter(([field, { empty }]) => !empty && places.get(field)?.length === 0).map(([f]) => f);
  if (missing.length > 0) throw wrongColumns('import.column-missing', missing);

  return rows.map(({ line, cells }: Row): Parsed<T> => {
    const faults: RowFault[] = [];
    const value: Record<string, unknown> = {};
    for (const [field, column] of fields) {
      const text = cells[places.get(field)?.[0] ?? -1] ?? '';
      const read = text !== '' ? column.read(text) : column.empty ? column.empty.value : fault('import.required');
      if (isFault(read)) faults.push({ line, field, ...read });
      else value[field] = read;
    }
    return faults.length > 0 ? { line, faults } : { line, value: value as T };
  });
};

const wrongColumns = (code: MessageKey, names: string[]) =>
  new Refusal('invalid', code, { columns: names.join(', ') }, [{ field: 'body.content', rule: names.join(', ') }]);

/** Text without control characters. */
export const text =
  (max: number) =>
  (value: string): string | Fault =>
    value.length > max || /\p{Cc}/u.test(value) ? fault('import.text', { max }) : value;

/** One of a few words, in either language; what is shown as allowed are the first of each. */
export const oneOf =
  <V>(words: readonly (readonly [V, ...string[]])[]) =>
  (value: string): V | Fault => {
    const found = words.find(([, ...names]) => names.some((name) => plain(name) === plain(value)));
    return found ? found[0] : fault('import.one-of', { allowed: words.map(([, name]) => name).join(', ') });
  };
export const yesNo = oneOf<boolean>([
  [true, '是', 'yes', 'y', 'true', '1', '√'],
  [false, '否', 'no', 'n', 'false', '0'],
]);

export const language = oneOf<Language>([
  ['zh-CN', '中文', 'zh-CN', 'zh'],
  ['en', 'English', 'en', '英文'],
]);

/** Square metres with at most six decimals, in millionths. A thousands separator is accepted, a unit is not. */
export const area = (value: string): number | Fault => {
  const plainly = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(value) ? value.replaceAll(',', '') : value;
  return microOf(plainly) ?? fault('import.area', { max: AREA_MAX });
};

/** A day as sheets write it: 2026-05-01, 2026/5/1, 2026.5.1, 2026年5月1日. */
export const day = (value: string): Day | Fault => {
  const [, year = '', month = '', date = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(value) ?? [];
  const read = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(read) ? read : fault('import.day');
};

export const zone = (value: string): string | Fault => (isZone(value) ? value : fault('import.zone'));

/** A cell that a route's own schema checks, so that both accept the same. */
export const as =
  <T>(schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } }, rule: MessageKey) =>
  (value: string): T | Fault => {
    const read = schema.safeParse(value);
    return read.success ? read.data : fault(rule);
  };
