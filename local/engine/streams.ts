import { DatabaseSync } from 'node:sqlite';

/** The engine's own stream table, mended from outside. */
export interface StreamStore {
  /** Deletes the table's records up to and including a sequence number, but never the newest. Returns how many. */
  trim(tableName: string, upTo: string): number;
  close(): void;
}

/**
 * The engine looks for the newest sequence number at every write without an index: with these two, writes stay fast
 * however long the stream grows. Needs the database's file, so it is skipped for an engine somebody else runs.
 */
export function openStreamStore(file: string): StreamStore {
  const database = new DatabaseSync(file, { timeout: 5000 });
  for (const column of ['table_name', 'shard_id']) {
    database.exec(
      `CREATE INDEX IF NOT EXISTS huiyin_stream_${column}
       ON _stream_records (${column}, CAST(sequence_number AS INTEGER))`,
    );
  }
  // In slices: the engine waits for the file's write lock meanwhile.
  const slice = database.prepare(
    `DELETE FROM _stream_records WHERE id IN (
       SELECT id FROM _stream_records
       WHERE table_name = :table AND CAST(sequence_number AS INTEGER) <= :upTo
         AND CAST(sequence_number AS INTEGER) <
           (SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = :table)
       LIMIT 500)`,
  );
  return {
    trim(table, upTo) {
      return Number(slice.run({ table, upTo: Number(upTo) }).changes);
    },
    close: () => database.close(),
  };
}
