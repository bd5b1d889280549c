import { type Names, NOTHING_TOLD, type Told } from '../http/told.ts';
import { type Language, type MessageKey, say } from '../text/catalogue.ts';
import { localMinute, parseInstant } from '../time/clock.ts';
import type { Sheet, SheetCell } from './sheet.ts';

/** Columns of rows: the keys of each heading, a wider one first, and what stands in it. */
export type SheetColumns<R> = readonly (readonly [
  heading: MessageKey | readonly MessageKey[],
  of: (row: R, language: Language, told: Told) => SheetCell,
])[];

const headed = (keys: MessageKey | readonly MessageKey[], language: Language): string =>
  [keys]
    .flat()
    .map((key) => say(key, language))
    .join(language === 'zh-CN' ? '·' : ', ');

export const table = <R>(
  columns: SheetColumns<R>,
  rows: readonly R[],
  language: Language,
  told: Told = NOTHING_TOLD,
): Sheet => ({
  header: columns.map(([heading]) => headed(heading, language)),
  rows: rows.map((row) => columns.map(([, of]) => of(row, language, told))),
});

/** Whom or what an id is of. */
export const named = (kind: Exclude<keyof Names, 'departments'>, id: string | undefined, { names }: Told): SheetCell =>
  id === undefined ? null : (names[kind]?.[id] ?? id);
export const namedDepartment = (id: string | undefined, told: Told, site = told.site): SheetCell =>
  id === undefined ? null : (told.names.departments?.[`${site}/${id}`] ?? id);

/** An instant of an answer as the clocks of its site show it: `2026-11-30 14:05`. */
export const timeAt = (at: string | undefined, told: Told, site = told.site): SheetCell => {
  const instant = at === undefined ? undefined : parseInstant(at);
  const zone = told.sites.get(site ?? '')?.timeZone;
  return instant === undefined || zone === undefined ? (at ?? null) : localMinute(instant, zone);
};
