import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** What docs/open-data.md tells people to do, done: DuckDB over an export, and the queries as they stand there. */
const SQL = join(import.meta.dirname, '..', '..', 'docs', 'open-data');
const sql = (name: string) => readFileSync(join(SQL, `${name}.sql`), 'utf8');

export type QueryRow = Record<string, string | number | null>;

/** DuckDB with the views of events.sql over an export's folder; to be closed. */
export const openExport = async (folder: string): Promise<DuckDBConnection> => {
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  await db.run(`set variable export = '${folder}'`);
  await db.run(sql('events'));
  return db;
};

export const rowsOf = async (db: DuckDBConnection, query: string): Promise<QueryRow[]> =>
  (await db.runAndReadAll(query)).getRowObjectsJson() as QueryRow[];

const NUMBERS = ['due', 'met', 'missed', 'attempted', 'running', 'excluded', 'percent'];

/** A cell of the figures, as far as the queries have it. */
export type Cell = Record<string, number | null>;

/** A target from the export, by site and day; in the words of the figures. */
export const targetFrom = async (db: DuckDBConnection, id: 'Q3' | 'Q5'): Promise<Record<string, Cell>> => {
  const rows = await rowsOf(db, sql(id.toLowerCase()));
  const cellOf = (row: QueryRow): Cell =>
    Object.fromEntries(
      NUMBERS.flatMap((name) =>
        row[name] === undefined ? [] : [[name, row[name] === null ? null : Number(row[name])]],
      ),
    );
  return Object.fromEntries(rows.map((row) => [`${row.site} ${row.day}`, cellOf(row)]));
};

/** The same cell of a figure that the API or the aggregate tells; none where nothing is in it. */
export const cellOf = (
  id: 'Q3' | 'Q5',
  figure: {
    due: number;
    met: number;
    missed: number;
    attempted: number;
    running: number;
    excluded: number;
    percent: string | null;
  },
): Cell | undefined => {
  const { due, met, missed, attempted, running, excluded, percent } = figure;
  if (due + excluded === 0) return undefined;
  const cell = { due, met, missed, running, excluded, percent: percent === null ? null : Number(percent) };
  return id === 'Q3' ? { ...cell, attempted } : cell;
};
