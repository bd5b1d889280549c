import type { Clock } from '../clock.ts';
import type { Kept } from '../kept.ts';
import type { TableModel } from '../model.ts';
import type { StreamConsumer } from './stream-consumer.ts';
import type { StreamSource } from './stream-source.ts';

/** Reads the streams of all tables and hands the records to their mappings' consumers. Woken by writes, never polling. */
export interface Streams {
  /** Some of these tables were just written. */
  wake(tableNames: string[]): void;
  /** Opens the streams where each consumer stopped. */
  resume(): Promise<void>;
  stop(): void;
}

/** The engine never forgets by itself; what all consumers have behind them is trimmed after so many records. */
const TRIM_EVERY = 2000;

/** Where a table's records come from, in order. */
export type Source = Pick<StreamSource, 'open' | 'read'> & {
  /** Forgets what every reader has behind it; how many, 0 when that is done. */
  trim(upTo: string): number;
};

interface Reader {
  table: TableModel;
  source: Source;
  consumers: StreamConsumer[];
  opened: boolean;
  reading: boolean;
  /** Written while a read was under way: read again. */
  again: boolean;
  sinceTrim: number;
}

export function createStreams(
  tables: { table: TableModel; consumers: StreamConsumer[] }[],
  sourceOf: (table: TableModel) => Source,
  clock: Clock,
  onError: (error: Error) => void,
): Streams {
  const readers = new Map<string, Reader>(
    tables.map(({ table, consumers }) => [
      table.name,
      {
        table,
        consumers,
        source: sourceOf(table),
        opened: false,
        reading: false,
        again: false,
        sinceTrim: 0,
      },
    ]),
  );
  let stopped = false;

  function failed(error: Error): void {
    // The engine goes away with the stop; that a read fails then is no news.
    if (!stopped) onError(error);
  }

  function wake(reader: Reader): void {
    if (reader.reading || !reader.opened) reader.again = true;
    else void clock.work.run(`stream of ${reader.table.name}`, () => read(reader)).catch(failed);
  }

  async function read(reader: Reader): Promise<void> {
    reader.reading = true;
    try {
      let more = true;
      // A read that isn't full has come to the end; whatever is written meanwhile asks for another.
      while (!stopped && (more || reader.again)) {
        reader.again = false;
        const read = await reader.source.read(clock.now());
        more = read.more;
        const { records } = read;
        if (records.length === 0) continue;
        for (const consumer of reader.consumers) consumer.offer(records);
        reader.sinceTrim += records.length;
        if (reader.sinceTrim >= TRIM_EVERY) trim(reader);
      }
    } finally {
      reader.reading = false;
    }
  }

  function trim(reader: Reader): void {
    const positions = reader.consumers.map((consumer) => consumer.position() ?? 0);
    const behindAll = String(Math.min(...positions));
    reader.sinceTrim = 0;
    while (reader.source.trim(behindAll) > 0);
  }

  async function open(reader: Reader): Promise<void> {
    const positions = reader.consumers.map((consumer) => consumer.position());
    const known = positions.filter((position) => position !== undefined);
    await reader.source.open(known.length === positions.length ? Math.min(...known) : undefined);
    reader.opened = true;
    wake(reader);
  }

  return {
    wake(tableNames) {
      for (const name of tableNames) {
        const reader = readers.get(name);
        if (reader) wake(reader);
      }
    },
    async resume() {
      await Promise.all([...readers.values()].map(open));
    },
    stop() {
      stopped = true;
    },
  };
}

/** Remembers how far a mapping has come. */
export function checkpoint(kept: Kept, name: string): { get(): number | undefined; set(sequence: number): void } {
  let position = kept.all<number>('checkpoint').find(({ key }) => key === name)?.value;
  return {
    get: () => position,
    set(sequence) {
      position = sequence;
      kept.put('checkpoint', name, sequence);
    },
  };
}
