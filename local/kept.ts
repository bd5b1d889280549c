import { DatabaseSync } from 'node:sqlite';

/**
 * What the local services must not lose when the process ends: queue messages, undelivered events, stream checkpoints,
 * mails. A small key-value file beside the tables; without a file nothing is kept.
 */
export interface Kept {
  put(kind: string, key: string, value: unknown): void;
  drop(kind: string, key: string): void;
  /** Everything of a kind in the order it was first put. */
  all<T>(kind: string): { key: string; value: T }[];
  close(): void;
}

export function openKept(file: string | undefined): Kept {
  if (!file) return { put: () => undefined, drop: () => undefined, all: () => [], close: () => undefined };
  const db = new DatabaseSync(file);
  // Survives a killed process; only a power cut may lose the last moment.
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
    CREATE TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY, kind TEXT, key TEXT, value TEXT, UNIQUE (kind, key))`);
  const put = db.prepare(
    'INSERT INTO kept (kind, key, value) VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value',
  );
  const drop = db.prepare('DELETE FROM kept WHERE kind = ? AND key = ?');
  const all = db.prepare('SELECT key, value FROM kept WHERE kind = ? ORDER BY id');
  return {
    put: (kind, key, value) => void put.run(kind, key, JSON.stringify(value)),
    drop: (kind, key) => void drop.run(kind, key),
    all: (kind) => all.all(kind).map((row) => ({ key: String(row.key), value: JSON.parse(String(row.value)) })),
    close: () => db.close(),
  };
}
