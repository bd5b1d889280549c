import { NOTHING, type ReadCell, type SheetPage, type SheetRow } from '../../../shared/sheet/read/cells.ts';
import type { BatchLine, LineOutcome } from './deduction.ts';
import type { FAULTS } from './events.ts';
import { fenOf, outcomeOf, type ResultColumns, reasonOf, resultColumnsIn, WITHOUT_HEADER } from './result-columns.ts';

export type ResultFault = (typeof FAULTS)[number];
export interface BankAnswer {
  /** Line of the file, from 1. */
  at: number;
  line: number;
  outcome: LineOutcome;
}
export interface ReadFile {
  rows: number;
  answers: BankAnswer[];
  faults: { at: number; why: ResultFault }[];
}

/** Rows among which a header is looked for: a title and the sums of the batch may stand above it. */
const HEADER_WITHIN = 20;

/** The rows that answer, and where in them what stands: below the header, or all of them where there is none. */
const rowsIn = (pages: readonly SheetPage[]): { columns: ResultColumns; rows: readonly SheetRow[]; whole: boolean } => {
  for (const { rows, whole } of pages) {
    for (const [at, { cells }] of rows.slice(0, HEADER_WITHIN).entries()) {
      const columns = resultColumnsIn(cells.map(({ text }) => text));
      if (columns) return { columns, rows: rows.slice(at + 1), whole };
    }
  }
  const { rows = [], whole = true } = pages.find((page) => page.rows.length > 0) ?? {};
  return { columns: WITHOUT_HEADER, rows, whole };
};

const readRow = (
  { line: at, cells }: SheetRow,
  columns: ResultColumns,
  lines: ReadonlyMap<number, BatchLine>,
): BankAnswer | ResultFault => {
  const cell = (column: number | undefined): ReadCell => (column === undefined ? undefined : cells[column]) ?? NOTHING;
  const no = cell(columns.line).decimal ?? cell(columns.line).text;
  const fen = columns.fen === undefined ? fenOf(cell(columns.yuan), 'yuan') : fenOf(cell(columns.fen), 'fen');
  if (!/^\d{1,6}$/.test(no) || fen === undefined) return 'format';
  const said = outcomeOf(cell(columns.status).text);
  if (!said) return 'unknown-status';
  const known = lines.get(Number(no));
  if (!known) return 'unknown-line';
  if (columns.token !== undefined && cell(columns.token).text !== known.token) return 'unknown-mandate';
  const taken = cell(columns.taken);
  if (known.fen !== fen || (said.paid && taken.text !== '' && fenOf(taken, 'yuan') !== fen)) return 'wrong-amount';
  const why = reasonOf(cell(columns.reason).text);
  if (said.paid) return why === undefined ? { at, line: known.line, outcome: 'paid' } : 'contradictory';
  return { at, line: known.line, outcome: said.why ?? why ?? 'other' };
};

/** What a text file whose last line has no end may have lost of it: a status or a reason that is no word, or any of its cells. */
const isCut = (found: BankAnswer | ResultFault, { cells }: SheetRow, columns: ResultColumns): boolean => {
  if (found === 'format' || found === 'unknown-status') return true;
  const reason = cells[columns.reason ?? -1]?.text ?? '';
  return typeof found !== 'string' && found.outcome === 'other' && reason !== '';
};

/**
 * Reads a bank's result file line by line (pure): a line is an answer when it names a line of the batch with its mandate and
 * amount and says what became of it; else it is reported with its number and why, and stays open. A line that the file
 * answers in two ways is answered in none.
 * @param pages as `shared/sheet/read` reads them; the file that went to the bank may come back with what became of each line
 */
export const readResult = (pages: readonly SheetPage[], lines: ReadonlyMap<number, BatchLine>): ReadFile => {
  const { columns, rows, whole } = rowsIn(pages);
  const read = rows.map((row, i) => {
    const found = readRow(row, columns, lines);
    const cut = !whole && i === rows.length - 1 && isCut(found, row, columns);
    return { at: row.line, found: cut ? ('truncated' as const) : found };
  });
  const said = new Map<number, Set<LineOutcome>>();
  for (const { found } of read) {
    if (typeof found === 'string') continue;
    said.set(found.line, (said.get(found.line) ?? new Set()).add(found.outcome));
  }
  const answers: BankAnswer[] = [];
  const faults: ReadFile['faults'] = [];
  for (const { at, found } of read) {
    if (typeof found === 'string') faults.push({ at, why: found });
    else if ((said.get(found.line)?.size ?? 0) > 1) faults.push({ at, why: 'contradictory' });
    else answers.push(found);
  }
  return { rows: rows.length, answers, faults };
};
