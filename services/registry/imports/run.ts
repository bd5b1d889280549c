import { newId } from '../../../shared/domain/ids.ts';
import { overtaken, Refusal } from '../../../shared/domain/refusal.ts';
import { untilWritten } from '../../../shared/journal/again.ts';
import type { Current, Decision } from '../../../shared/journal/aggregate.ts';
import { doneBefore, execute, type IdempotencyKey } from '../../../shared/journal/execute.ts';
import { readPages, type SheetTable, tableIn } from '../../../shared/sheet/read/table.ts';
import { regionOf } from '../../../shared/values/phone.ts';
import type { IMPORT_KINDS, RowFault } from '../events.ts';
import { type ImportColumns, namedIn, type Parsed, parseRows } from './columns.ts';
import type { ImportEvent, ImportRun } from './import.ts';
import type { ImportContext, Importer, ReadRow } from './importer.ts';
import { parties } from './kinds/parties.ts';
import { sites } from './kinds/sites.ts';
import { staff } from './kinds/staff.ts';
import { units } from './kinds/units.ts';
import { type ShowFault, shownOf } from './shown.ts';
import { withoutTotals } from './totals.ts';
import { checkTellingApart, type Unused, unusedIn } from './unused.ts';
import { withinFile } from './within.ts';

/** Faults kept with an import for good; a dry run lists every one. */
const KEPT = 100;

/** Rows and columns of one import. */
const BOUNDS = { rows: 5_000, columns: 100 };

type Kind = (typeof IMPORT_KINDS)[number];
const IMPORTERS = { sites, units, parties, staff };
/** Whose columns may stand beside a kind's in one sheet. */
const BESIDE: Record<Kind, Partial<Record<Kind, ImportColumns<object>>>> = {
  sites: {},
  staff: {},
  units: { parties: parties.columns },
  parties: { units: units.columns },
};
const importerOf = (kind: Kind) => IMPORTERS[kind] as unknown as Importer<object>;

/** What a spreadsheet would do: pure of any effect. */
export interface ImportPlan {
  rows: number;
  fresh: ReadRow<object>[];
  unchanged: number;
  /** Everything that is wrong, in the order of the file. */
  bad: RowFault[];
  badRows: number;
  /** Columns that nothing was made of. */
  unused: Unused[];
}

/** What is wrong with a row by itself, as far as its cells could be read. */
const checked = (
  { checks = [] }: Importer<object>,
  { line, value, faults = [] }: ReadRow<object> & Partial<Parsed<object>>,
) => {
  const unread = new Set(faults.map(({ field }) => field));
  return checks.flatMap(({ reads, wrong }) => (reads.some((field) => unread.has(field)) ? [] : wrong({ line, value })));
};

export const plan = async (kind: Kind, table: SheetTable, context: ImportContext): Promise<ImportPlan> => {
  const importer = importerOf(kind);
  const region = regionOf(context.zone);
  const unused = unusedIn(table, importer.columns, BESIDE[kind], region);
  const parsed = parseRows(table, importer.columns, { region, language: context.language });
  const bad = parsed.filter(({ faults }) => faults.length > 0);
  const alone = parsed.flatMap(({ line, value, faults }) => (faults.length > 0 ? [] : [{ line, value }]));
  const readable = importer.beside?.(alone) ?? alone;
  const wrong = [...bad, ...readable].flatMap((row) => checked(importer, row));
  const isWrong = new Set(wrong.map(({ line }) => line));
  const sound = readable.filter(({ line }) => !isWrong.has(line));
  checkTellingApart(table, importer, sound, unused);
  const repeated = withinFile(importer, sound);
  const isRepeated = new Set(repeated.map(({ line }) => line));
  const rows = sound.filter(({ line }) => !isRepeated.has(line));
  const outcomes = await importer.compare(rows, context);
  const all = [
    ...bad.flatMap(({ faults }) => faults),
    ...wrong,
    ...repeated,
    ...outcomes.flatMap((outcome) => (typeof outcome === 'string' ? [] : outcome)),
  ];
  const order = Object.keys(importer.columns);
  return {
    rows: table.rows.length,
    fresh: rows.filter((_, i) => outcomes[i] === 'new'),
    unchanged: outcomes.filter((outcome) => outcome === 'same').length,
    bad: all.sort((a, b) => a.line - b.line || order.indexOf(a.field) - order.indexOf(b.field)),
    badRows: new Set(all.map(({ line }) => line)).size,
    unused: unused.map(({ at: _, ...one }) => one),
  };
};

export interface ImportRequest {
  kind: Kind;
  bytes: Uint8Array;
  dryRun: boolean;
  skipBad: boolean;
  idempotencyKey: IdempotencyKey;
}
/** What came of it; `id` is absent for a dry run, which leaves no trace. */
export type ImportReport = Omit<ImportRun, 'owed'> & { id?: string };
/** With what the file shows of bad rows: it is read from the file whenever it is sent, and never kept. */
export interface Imported {
  report: ImportReport;
  shown: ShowFault;
}

/**
 * Imports a spreadsheet as a whole, or (with a bad row, unless these are to be skipped) not at all. The same request
 * gets the same answer for good; one that died half-way is finished by asking again.
 * @throws Refusal import.no-rows, and what is wrong with the file or its columns
 */
export const runImport = async (
  { kind, bytes, dryRun, skipBad, idempotencyKey }: ImportRequest,
  context: ImportContext,
): Promise<Imported> => {
  const { registry, site, person, now, random } = context;
  const id = newId('import', now, random);
  const before = await doneBefore(registry.imports, { site, id, idempotencyKey });
  if (!before) await context.count();
  const { columns } = importerOf(kind);
  const { table, totals } = withoutTotals(tableIn(readPages(bytes, BOUNDS), BOUNDS, namedIn(columns)), columns);
  const shown = shownOf(table, columns);
  if (before) return { report: reportOf(before), shown };
  const { sheet, line, unread } = table;
  // A file that is no table at all has no header either: its columns are missing.
  if (table.rows.length === 0 && namedIn(columns)(table.header) > 0) throw nothingBelow({ sheet, line });
  const first = await plan(kind, table, context);
  const { rows, fresh, unchanged, bad, badRows, unused } = first;
  const refused = badRows > 0 && !skipBad;
  const report = { kind, sheet, headerLine: line, unread, refused, rows, totals, unchanged, badTotal: badRows, unused };
  if (dryRun) return { report: { ...report, refused: false, accepted: fresh.length, bad }, shown };
  const late = refused ? [] : await writeAll(kind, table, first, { ...context, skipBad });
  const lateRows = new Set(late.map((one) => one.line)).size;
  const all = [...bad, ...late].sort((a, b) => a.line - b.line);
  const data = {
    ...report,
    accepted: refused ? 0 : fresh.length - lateRows,
    badTotal: badRows + lateRows,
    bad: all.slice(0, KEPT),
  };
  const { current } = await execute(registry.imports, {
    site,
    id,
    now,
    by: person.staff,
    idempotencyKey,
    decide: (): Decision<ImportEvent> => ({ events: [{ name: 'import.finished', data }] }),
  });
  return { report: reportOf(current), shown };
};

const nothingBelow = (details: { sheet: string; line: number }) =>
  new Refusal('invalid', 'import.no-rows', details, [{ field: 'body.content', rule: 'import.no-rows', details }]);

/**
 * Writes what is new. What somebody else has entered meanwhile, exactly so, needs no entering; what they entered otherwise is a bad
 * row now.
 * @returns what became bad meanwhile, where bad rows are to be skipped
 * @throws Refusal where they aren't
 */
const writeAll = async (
  kind: Kind,
  table: SheetTable,
  first: ImportPlan,
  { skipBad, ...context }: ImportContext & { skipBad: boolean },
): Promise<RowFault[]> => {
  const known = new Set(first.bad.map(({ line }) => line));
  let todo: ImportPlan | undefined = first;
  return untilWritten(async () => {
    const { bad, fresh } = todo ?? (await plan(kind, table, context));
    todo = undefined;
    const late = bad.filter(({ line }) => !known.has(line));
    if (late.length > 0 && !skipBad) throw overtaken();
    await importerOf(kind).write(fresh, context);
    return late;
  });
};

const reportOf = ({ id, state }: Current<ImportRun>): ImportReport => {
  const { owed: _, ...report } = state as ImportRun;
  return { ...report, id };
};
