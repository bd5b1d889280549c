import type { DuckDBConnection } from '@duckdb/node-api';
import { expect } from 'vitest';
import type { AnyCloud } from '../../local/in-memory/any-cloud.ts';
import { lineOf } from '../../services/open-data/objects.ts';
import type { Envelope } from '../../shared/domain/events.ts';
import { EVENT_PREFIX } from '../../shared/journal/layout.ts';
import { type Cell, cellOf, openExport, type QueryRow, rowsOf, targetFrom } from './open-data.ts';
import { type Item, itemsIn } from './tables.ts';
import { MINUTE, type World } from './world.ts';

/** More rounds of five minutes than a batch waits: the last may bring events of its own. */
const ROUNDS = 10;
type Cells = Record<string, Cell>;

/** Lets time pass until all that happened has been exported. */
const gathered = async ({ cloud, passes }: World): Promise<void> => {
  for (let round = 0; round < ROUNDS; round++) {
    if ((await cloud.waiting('Events')) === 0) return;
    await passes(5 * MINUTE);
  }
  throw new Error('the export does not come to an end');
};

/** By event, what is told of it; `data` with its fields in order. */
const told = (lines: readonly QueryRow[]) =>
  Object.fromEntries(
    lines.map((line) => [`${line.site} ${line.id}`, { ...line, data: JSON.parse(String(line.data)) }]),
  );

const isEvent = ({ sk }: Item) => sk.startsWith(EVENT_PREFIX);

/** Every journal's every event is in the export, once to whoever asks the view, and nothing else is. */
const expectComplete = async (db: DuckDBConnection, cloud: AnyCloud): Promise<void> => {
  const journals = cloud.deployment.tables.filter(({ stream }) => stream);
  const names = journals.map(({ logicalId }) => logicalId.replace(/Table[0-9A-F]{8}$/, '').toLowerCase());
  const items = (await Promise.all(names.map((name) => itemsIn(cloud, name)))).flat().filter(isEvent);
  const written = items.map((item) => JSON.parse(lineOf(item as unknown as Envelope)) as QueryRow);
  const exported = await rowsOf(
    db,
    'select * exclude (journal, date) replace (recorded_at::double as recorded_at) from events',
  );
  const ids = (lines: readonly QueryRow[]) => lines.map(({ site, id }) => `${site} ${id}`).sort();
  expect(ids(exported), 'each event once').toEqual(ids(written));
  expect(told(exported), 'the export holds what the journals hold').toEqual(told(written));
};

/** The documented queries say what the figures say, for every site and day, cell by cell. */
const expectFigures = async (db: DuckDBConnection, { lakeside, westgate }: World, id: 'Q3' | 'Q5'): Promise<Cells> => {
  const figures: Cells = {};
  for (const site of [lakeside, westgate]) {
    const { periods } = await site.get('figures?from=2026-02-20&to=2026-12-31&by=day');
    for (const { period, figures: all } of periods) {
      const cell = cellOf(id, all[id]);
      if (cell) figures[`${site.site} ${period}`] = cell;
    }
  }
  expect(await targetFrom(db, id), `${id} from the export`).toEqual(figures);
  return figures;
};

/** DuckDB over all that has been exported of a world. */
const asked = async <T>(world: World, ask: (db: DuckDBConnection) => Promise<T>): Promise<T> => {
  await gathered(world);
  const [bucket] = world.cloud.deployment.buckets;
  const db = await openExport(world.cloud.objectsIn(bucket?.name ?? ''));
  try {
    return await ask(db);
  } finally {
    db.closeSync();
  }
};

/** Every exported event. */
export const exported = (world: World): Promise<QueryRow[]> => asked(world, (db) => rowsOf(db, 'select * from events'));

/** Whatever happened, and however often it was delivered: the export holds it, and its queries agree with the figures. */
export const expectExported = (world: World): Promise<Record<'Q3' | 'Q5', Cells>> =>
  asked(world, async (db) => {
    await expectComplete(db, world.cloud);
    return { Q3: await expectFigures(db, world, 'Q3'), Q5: await expectFigures(db, world, 'Q5') };
  });
