import type { ReadCell } from '../../../shared/sheet/read/cells.ts';
import { unbracketed } from '../../../shared/sheet/read/words.ts';
import { isFormula } from '../../../shared/sheet/sheet.ts';
import { LANGUAGES, type Language, type MessageKey, say } from '../../../shared/text/catalogue.ts';
import { addDays, type Day, isDay, isZone } from '../../../shared/time/clock.ts';
import { AREA_MAX, microOf } from '../../../shared/values/area.ts';
import type { Region } from '../../../shared/values/phone.ts';
import type { RowFault } from '../events.ts';
import { CONTACTS_MAX } from '../party.ts';

/** Why a cell is not accepted. */
export interface CellFault {
  rule: MessageKey;
  details?: NonNullable<RowFault['details']>;
}
export const fault = (rule: MessageKey, details?: NonNullable<RowFault['details']>): CellFault =>
  details === undefined ? { rule } : { rule, details };
export const isFault = (value: unknown): value is CellFault =>
  typeof value === 'object' && value !== null && 'rule' in value;

/**
 * A name: without control characters, seen as it stands, and nothing that a spreadsheet would take for a formula once it is exported
 * again.
 */
export const text =
  (max: number) =>
  (value: string, { turned }: Pick<ReadCell, 'turned'> = {}): string | CellFault => {
    if (turned) return fault('field.no-turning');
    if (isFormula(value)) return fault('import.formula');
    return value.length > max || /\p{Cc}/u.test(value) ? fault('import.text', { max }) : value;
  };

/**
 * The number or name of a place, as a text: what a spreadsheet made of it (a day of 1-2, an exponent of 1E2, TRUE) isn't
 * what somebody wrote, in a workbook's cell or saved as CSV.
 */
export const levelText =
  (max: number) =>
  (value: string, cell: ReadCell): string | CellFault => {
    const { kind, written = value } = cell;
    if (kind === 'day' || looksLikeDay(value)) return fault('import.day-cell', { text: written });
    if (kind === 'flag' || /^(true|false)$/i.test(value)) return fault('import.flag-cell', { text: written });
    return /^[+-]?\d+(\.\d+)?e[+-]\d+$/i.test(value)
      ? fault('import.exponent', { text: written })
      : text(max)(value, cell);
  };

const MONTHS = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)';
const looksLikeDay = (value: string): boolean =>
  (/^(19|20)\d{2}\D/.test(value) && !isFault(day(value))) ||
  /^\d{1,2}月\d{1,2}日$/.test(value) ||
  new RegExp(`^(\\d{1,2}-${MONTHS}|${MONTHS}-\\d{1,2})$`, 'i').test(value);

/** No word of a column, and no day, is longer. */
const WORD_MAX = 60;

/** One of a few words: what the catalogue calls it in either language, or another name for it. */
export const oneOf = <V>(words: readonly (readonly [V, MessageKey, ...string[]])[]) => {
  const known = words.flatMap(([means, key, ...names]) =>
    [...LANGUAGES.map((one) => say(key, one)), ...names].map((name) => [unbracketed(name), means] as const),
  );
  // Of two that are called the same the first counts.
  const meaning = new Map(known.reverse());
  return (value: string): V | CellFault => {
    const said = value.length > WORD_MAX ? undefined : unbracketed(value);
    return said !== undefined && meaning.has(said)
      ? (meaning.get(said) as V)
      : fault('import.one-of', { allowed: words.map(([, key]) => key).join(' ') });
  };
};
export const yesNo = oneOf<boolean>([
  [true, 'word.yes', 'y', 'true', '1', '√', '✓', '✔', '☑', '对', '有'],
  [false, 'word.no', 'n', 'false', '0', '×', '✗', '✘', 'x', '错', '不是', '没有'],
]);

export const language = oneOf<Language>([
  ['zh-CN', 'language.zh-CN', 'zh-CN', 'zh', '汉语'],
  ['en', 'language.en', 'en', '英语'],
]);

/** Square metres with at most six decimals, in millionths. A thousands separator is accepted, and the unit at the end (60㎡). */
export const area = (text: string, { decimal }: Pick<ReadCell, 'decimal'> = {}): number | CellFault => {
  if (isNone(text)) return fault('import.required');
  const value = decimal ?? text.replace(/ ?(m2|㎡|m²|平方米|平米|sqm)$/i, '');
  const plainly = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(value) ? value.replaceAll(',', '') : value;
  return microOf(plainly) ?? fault('import.area', { max: AREA_MAX });
};

/** 1990-01-01 and 2099-12-31 as spreadsheets count days, from 1899-12-30. */
const SERIALS = { first: 32_874, last: 73_050 };

/**
 * A day as sheets write it: 2026-05-01, 2026/5/1, 2026.5.1, 2026年5月1日, 20260501, each with or without a time of day; or as they
 * count it where the column's format is lost: 46143.
 */
export const day = (value: string): Day | CellFault => {
  if (value.length > WORD_MAX) return fault('import.day');
  const written = value.replace(/[\sT]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/, '');
  const serial = /^\d{5}(\.\d+)?$/.test(written) ? Math.floor(Number(written)) : 0;
  if (serial >= SERIALS.first && serial <= SERIALS.last) return addDays('1899-12-30', serial);
  const [, year = '', month = '', date = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(written) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(written) ?? [];
  const read = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(read) ? read : fault('import.day');
};

export const zone = (value: string): string | CellFault => (isZone(value) ? value : fault('import.zone'));

/** What people write where there is nothing. */
export const isNone = (text: string): boolean => /^(无|没有|暂无|[-—/]*|n\/?a|none)$/i.test(text);

/** A note behind a number (`(妻/微信同号)`), not what belongs to it: `+1(212)5550102`, `(ext 8)`. */
const NOTED = /(?<=\d ?)\((?![\d\s-]*\))(?!转|分机|ext)[^()]*\)|\([^\d()]*\)/gi;
/** What stands in a cell of several, each by itself, without what is none. */
export const partsOf = ({ text, lines = [text] }: Pick<ReadCell, 'text' | 'lines'>): string[] =>
  lines
    .flatMap((line) =>
      line
        .normalize('NFKC')
        .replace(NOTED, '')
        .split(/[、;/]|,(?=\s*\+?\d{7,}|[^,]*@)/),
    )
    .map((part) => part.trim())
    .filter((part) => !isNone(part));

/**
 * What a cell means.
 * @param cell what stands behind the text: a number's digits, a day, a boolean
 * @param region the site's, where the meaning of a text depends on it
 */
export type CellReader<T> = (text: string, cell: ReadCell, region: Region) => T | CellFault;

/**
 * Several in a cell (`13800000001、13800000002(妻)`, or on a line each): each read by itself, without a word in brackets
 * (`(212) 555-0102` is a number's own); 无 and `/` are none.
 */
export const several =
  <T>(read: CellReader<T>): CellReader<T[]> =>
  (value, cell, region) => {
    const { lines = [value] } = cell;
    if (lines.length > CONTACTS_MAX) return fault('import.too-many', { max: CONTACTS_MAX });
    const said = partsOf({ text: value, lines });
    if (said.length > CONTACTS_MAX) return fault('import.too-many', { max: CONTACTS_MAX });
    const all = said.map((part) => read(part, cell, region));
    return all.find(isFault) ?? (all as T[]);
  };

/** A cell that a route's own schema checks, so that both accept the same. */
export const as =
  <T>(schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } }, rule: MessageKey) =>
  (value: string): T | CellFault => {
    const read = schema.safeParse(value);
    return read.success ? read.data : fault(rule);
  };
