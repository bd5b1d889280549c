import { type Language, type MessageKey, say } from '../text/catalogue.ts';
import type { Sheet, SheetCell } from './sheet.ts';

/** Columns of rows: the keys of each heading, a wider one first, and what stands in it. */
export type SheetColumns<R> = readonly (readonly [
  heading: MessageKey | readonly MessageKey[],
  of: (row: R, language: Language) => SheetCell,
])[];

const headed = (keys: MessageKey | readonly MessageKey[], language: Language): string =>
  [keys]
    .flat()
    .map((key) => say(key, language))
    .join(language === 'zh-CN' ? '·' : ', ');

export const table = <R>(columns: SheetColumns<R>, rows: readonly R[], language: Language): Sheet => ({
  header: columns.map(([heading]) => headed(heading, language)),
  rows: rows.map((row) => columns.map(([, of]) => of(row, language))),
});
