import { expect, test } from 'vitest';
import * as z from 'zod';
import { defineTable } from '../aws/table.ts';
import { defineEvent } from '../domain/events.ts';
import { Refusal } from '../domain/refusal.ts';
import { memoryTables } from '../memory-tables/tables.ts';
import type { AggregateType } from './aggregate.ts';
import { execute } from './execute.ts';
import { journal } from './journal.ts';
import { executeTogether } from './together.ts';

const put = defineEvent('shelf.put', 'Something was put there.', z.object({ what: z.string() }));
const taken = defineEvent('shelf.taken', 'The first thing was taken.', z.object({}));
interface Shelf {
  things: string[];
  owed: [];
}
const type: AggregateType<Shelf, typeof put | typeof taken> = {
  type: 'shelf',
  ids: 'contact',
  kind: 'record',
  events: [put, taken],
  most: { things: 2 },
  fold: (state = { things: [], owed: [] }, event) => ({
    ...state,
    things: event.name === 'shelf.put' ? [...state.things, event.data.what] : state.things.slice(1),
  }),
  finished: () => false,
};
const table = defineTable({ name: 'shelves', journal: true });
const SITE = 'sit_1';

/** A shelf, and what is done to it; each under a key of its own unless it says otherwise. */
const shelf = () => {
  const shelves = journal(type, { doc: memoryTables(table), own: table.name });
  let keys = 0;
  const puts = (what: string) => ({ name: 'shelf.put' as const, data: { what } });
  const said = async (does: Promise<unknown>) => {
    try {
      await does;
      return 'done';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return `${error.kind} ${error.code} ${error.details.most}`;
    }
  };
  const at = { site: SITE, now: 1, by: 'li' };
  const idempotencyKey = (scope = `key-${++keys}`) => ({ scope, body: '' });
  return {
    does: (event: ReturnType<typeof puts> | { name: 'shelf.taken'; data: Record<string, never> }, key?: string) =>
      said(
        execute(shelves, {
          ...at,
          id: 'con_1',
          idempotencyKey: idempotencyKey(key),
          decide: () => ({ events: [event] }),
        }),
      ),
    together: (event: ReturnType<typeof puts>) =>
      said(
        executeTogether(shelves, {
          ...at,
          ids: ['con_1', 'con_2'],
          idempotencyKey: idempotencyKey(),
          decide: () => [[event], [event]],
        }),
      ),
    byItself: (event: ReturnType<typeof puts>) => said(execute(shelves, { ...at, id: 'con_1', decide: () => [event] })),
    puts,
    things: async () => (await shelves.head(SITE, 'con_1')).state?.things,
  };
};
const FULL = 'rule request.list-full 2';

test('a command that would make a list of the head longer than it may be is refused, and done once there is room', async () => {
  const s = shelf();
  for (const what of ['a', 'b']) expect(await s.does(s.puts(what))).toBe('done');
  expect(await s.does(s.puts('c'), 'third')).toBe(FULL);
  expect(await s.together(s.puts('c'))).toBe(FULL);
  expect(await s.things()).toEqual(['a', 'b']);
  await s.does({ name: 'shelf.taken', data: {} });
  expect(await s.does(s.puts('c'), 'third')).toBe('done');
  expect(await s.things()).toEqual(['b', 'c']);
});

test('what the clock does by itself is never refused, nor a command that makes what is too long no longer', async () => {
  const s = shelf();
  for (const what of ['a', 'b', 'c', 'd']) expect(await s.byItself(s.puts(what))).toBe('done');
  expect(await s.does({ name: 'shelf.taken', data: {} })).toBe('done');
  expect(await s.does(s.puts('e'))).toBe(FULL);
});
