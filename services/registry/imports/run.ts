import { newId } from '../../../shared/ids.ts';
import type { Current, Decision } from '../../../shared/journal/aggregate.ts';
import { doneBefore, execute, type Once, someoneWasFirst } from '../../../shared/journal/execute.ts';
import { regionOf } from '../../../shared/phone.ts';
import { overtaken } from '../../../shared/refusal.ts';
import { pause } from '../../../shared/retry.ts';
import { readPages, type Table, tableIn } from '../../../shared/sheet/read/table.ts';
import type { IMPORT_KINDS, RowFault } from '../events.ts';
import { type Columns, namedIn, parseRows } from './columns.ts';
import type { ImportEvent, ImportRun } from './import.ts';
import type { Ground, Importer, Line } from './importer.ts';
import { parties } from './kinds/parties.ts';
import { sites } from './kinds/sites.ts';
import { staff } from './kinds/staff.ts';
import { units } from './kinds/units.ts';
import { checkTellingApart, type Unused, unusedIn } from './unused.ts';

/** Faults kept with an import for good; a dry run lists every one. */
const KEPT = 100;

/** Rows and columns of one import. */
const BOUNDS = { rows: 5_000, columns: 100 };

type Kind = (typeof IMPORT_KINDS)[number];
const IMPORTERS = { sites, units, parties, staff };
/** Whose columns may stand beside a kind's in one sheet. */
const BESIDE: Record<Kind, Partial<Record<Kind, Columns<object>>>> = {
  sites: {},
  staff: {},
  units: { parties: parties.columns },
  parties: { units: units.columns },
};
const importerOf = (kind: Kind) => IMPORTERS[kind] as unknown as Importer<object>;

/** What a spreadsheet would do: pure of any effect. */
export interface Plan {
  rows: number;
  fresh: Line<object>[];
  unchanged: number;
  /** Everything that is wrong, in the order of the file. */
  bad: RowFault[];
  badRows: number;
  /** Columns that nothing was made of. */
  unused: Unused[];
}

/** Rows of a file that say the same twice, or disagree about the same thing. The first of them stands. */
const withinFile = (importer: Importer<object>, rows: readonly Line<object>[]): RowFault[] => {
  const seen = new Map<string, number>();
  const said = new Map<string, { line: number; says: string }>();
  return rows.flatMap(({ line, value }): RowFault[] => {
    const before = seen.get(importer.key(value));
    if (before !== undefined) return [{ line, field: 'row', rule: 'import.duplicate', details: { line: before } }];
    seen.set(importer.key(value), line);
    const about = importer.about?.(value);
    if (!about) return [];
    const other = about.things.map((thing) => said.get(thing)).find((first) => first && first.says !== about.says);
    if (other) return [{ line, field: 'row', rule: 'import.differs', details: { line: other.line } }];
    for (const thing of about.things) said.set(thing, said.get(thing) ?? { line, says: about.says });
    return [];
  });
};

export const plan = async (kind: Kind, table: Table, ground: Ground): Promise<Plan> => {
  const importer = importerOf(kind);
  const unused = unusedIn(table, importer.columns, BESIDE[kind]);
  const parsed = parseRows(table, importer.columns, regionOf(ground.zone));
  const bad = parsed.flatMap((row) => ('faults' in row ? row.faults : []));
  const alone = parsed.flatMap((row) => ('value' in row ? [row] : []));
  const readable = importer.beside?.(alone) ?? alone;
  const wrong = readable.flatMap((row) => importer.check?.(row) ?? []);
  const isWrong = new Set(wrong.map(({ line }) => line));
  const sound = readable.filter(({ line }) => !isWrong.has(line));
  checkTellingApart(table, sound, importer.key, unused);
  const repeated = withinFile(importer, sound);
  const isRepeated = new Set(repeated.map(({ line }) => line));
  const rows = sound.filter(({ line }) => !isRepeated.has(line));
  const verdicts = await importer.compare(rows, ground);
  const all = [
    ...bad,
    ...wrong,
    ...repeated,
    ...verdicts.flatMap((verdict) => (typeof verdict === 'string' ? [] : verdict)),
  ];
  return {
    rows: table.rows.length,
    fresh: rows.filter((_, i) => verdicts[i] === 'new'),
    unchanged: verdicts.filter((verdict) => verdict === 'same').length,
    bad: all.sort((a, b) => a.line - b.line),
    badRows: new Set(all.map(({ line }) => line)).size,
    unused: unused.map(({ at: _, ...one }) => one),
  };
};

export interface Asked {
  kind: Kind;
  bytes: Uint8Array;
  dryRun: boolean;
  skipBad: boolean;
  once: Once;
}
/** What came of it; `id` is absent for a dry run, which leaves no trace. */
export type Report = Omit<ImportRun, 'owed'> & { id?: string };

/** How often rows are compared anew when somebody else wrote in between. */
const TRIES = 5;

/**
 * Imports a spreadsheet as a whole, or (with a bad row, unless these are to be skipped) not at all. The same request
 * gets the same answer for good; one that died half-way is finished by asking again.
 */
export const runImport = async ({ kind, bytes, dryRun, skipBad, once }: Asked, ground: Ground): Promise<Report> => {
  const { registry, site, person, now, chance } = ground;
  const id = newId('import', now, chance);
  const before = await doneBefore(registry.imports, { site, id, once });
  if (before) return reportOf(before);
  const table = tableIn(readPages(bytes, BOUNDS), BOUNDS, namedIn(importerOf(kind).columns));
  const first = await plan(kind, table, ground);
  const { rows, fresh, unchanged, bad, badRows, unused } = first;
  const refused = badRows > 0 && !skipBad;
  const report = { kind, refused, rows, accepted: refused ? 0 : fresh.length, unchanged, badTotal: badRows, unused };
  if (dryRun) return { ...report, refused: false, accepted: fresh.length, bad };
  if (!refused) await writeAll(kind, table, first, ground);
  const { current } = await execute(registry.imports, {
    site,
    id,
    now,
    by: person.staff,
    once,
    decide: (): Decision<ImportEvent> => ({
      events: [{ name: 'import.finished', data: { ...report, bad: bad.slice(0, KEPT) } }],
    }),
  });
  return reportOf(current);
};

/** What somebody else has entered meanwhile, exactly so, needs no entering; what they entered otherwise stops it. */
const writeAll = async (kind: Kind, table: Table, first: Plan, ground: Ground): Promise<void> => {
  for (let todo = first, attempt = 0; attempt < TRIES; attempt++) {
    try {
      return await importerOf(kind).write(todo.fresh, ground);
    } catch (error) {
      if (!someoneWasFirst(error)) throw error;
    }
    await pause(attempt);
    todo = await plan(kind, table, ground);
    if (todo.badRows > first.badRows) break;
  }
  throw overtaken();
};

const reportOf = ({ id, state }: Current<ImportRun>): Report => ({ ...(state as ImportRun), id });
