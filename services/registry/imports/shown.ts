import { NOTHING, type ReadCell, type SheetRow } from '../../../shared/sheet/read/cells.ts';
import type { SheetTable } from '../../../shared/sheet/read/table.ts';
import { isMessageKey, type Language, say } from '../../../shared/text/catalogue.ts';
import type { RowFault } from '../events.ts';
import { partsOf } from './cells.ts';
import { columnsAt, type ImportColumn, type ImportColumns, rowsOf, titleOf } from './columns.ts';

/** A bad row as people read it, with what stands in its file. */
export interface ShownFault {
  line: number;
  field: string;
  rule: string;
  /** The heading in the file, else what the column is called. */
  column?: string;
  /** What stands in the cell. */
  value?: string;
  message: string;
}
/** As it is written in the cell. */
const quoted = ({ text, written = text }: ReadCell = NOTHING): string => written;

export type ShowFault = (fault: RowFault, language: Language) => ShownFault;

/** What a file shows of its bad rows: headings and cells of people are told to whoever sent it, and kept nowhere. */
export const shownOf = (table: SheetTable, columns: ImportColumns<object>): ShowFault => {
  const { header } = table;
  const declared = columns as Readonly<Record<string, ImportColumn<unknown>>>;
  const at = columnsAt(header, columns);
  const rows = new Map<number, SheetRow>(rowsOf(table, columns).map((row) => [row.line, row]));
  const cells = (line: number, field: string) =>
    (at.get(field) ?? []).map((one) => ({ heading: header[one] ?? '', text: quoted(rows.get(line)?.cells[one]) }));
  const textOf = (line: number, field: string) =>
    cells(line, field)
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join('、');

  /** Of what stands in a row's cells of a field, the nth, with its heading. */
  const nthOf = (line: number, field: string, nth: unknown) =>
    typeof nth === 'number'
      ? (at.get(field) ?? [])
          .flatMap((one) =>
            partsOf(rows.get(line)?.cells[one] ?? NOTHING).map((text) => ({ heading: header[one] ?? '', text })),
          )
          .slice(nth - 1, nth)
      : [];

  return ({ line, field, rule, details }, language) => {
    const [part] = nthOf(line, field, details?.nth);
    const all = part ? [part] : cells(line, field);
    const filled = all.filter(({ text }) => text !== '');
    const headings = (filled.length > 0 ? filled : all).map(({ heading }) => heading).join('、');
    const column = headings || (declared[field] && titleOf(field, declared[field], header, language));
    const value = part?.text ?? textOf(line, field);
    const there = typeof details?.line === 'number' ? textOf(details.line, field) : '';
    const empty = { 'zh-CN': '空', en: 'empty' }[language];
    const quotes = { column: column ?? field, here: value || empty, there: there || empty };
    const values = { ...quotes, ...details };
    return {
      line,
      field,
      rule,
      ...(column ? { column } : {}),
      ...(value === '' ? {} : { value }),
      message: isMessageKey(rule) ? say(rule, language, values) : rule,
    };
  };
};

/** Where a fault is, for people: `第 3 行“缴费人”：…`. */
export const whereOf = ({ line, column, value }: ShownFault, language: Language): string => {
  if (column === undefined) return say('import.line', language, { line });
  if (value === undefined) return say('import.line-column', language, { line, column });
  return say('import.line-value', language, { line, column, value });
};
