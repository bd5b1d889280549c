import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { defineTable } from '../aws/table.ts';
import { defineEvent } from '../domain/events.ts';
import { type Obligation, obligation, obligationEvents, open, tookRung } from '../domain/obligation.ts';
import { memoryTables } from '../memory-tables/tables.ts';
import { HOUR } from '../time/clock.ts';
import { sweep } from '../timers/timers.ts';
import type { AggregateType } from './aggregate.ts';
import { askedHourly, readDuePartitions } from './due-partitions.ts';
import { execute } from './execute.ts';
import { journal } from './journal.ts';

const NOW = Date.UTC(2026, 4, 1);
const LATER = NOW + 2 * HOUR;
const table = defineTable({ name: 'chores', journal: true });
const opened = defineEvent('chore.opened', 'A chore was opened.', z.object({ opens: z.array(obligation) }));
const events = [opened, ...obligationEvents('chore')] as const;

const choreType: AggregateType<{ owed: Obligation[] }, (typeof events)[number]> = {
  type: 'chore',
  most: {},
  ids: 'improvement',
  events,
  fold: (state, event) =>
    event.name === 'chore.opened' ? { owed: event.data.opens } : { owed: tookRung(state?.owed ?? [], event.data) },
  finished: ({ owed }) => owed.length === 0,
};
const position = { role: 'agent' } as const;
const opens = [open({ duty: 'do', position, since: NOW, due: NOW + HOUR, ladder: [[0, 'supervisor']] })];

/** A deployment of the number, in which some chores are opened, by instances that read the mark then or never again. */
const world = () => {
  const doc = memoryTables(table);
  const place = { doc, table: table.name };
  const instance = () => {
    let known: Promise<number> | undefined;
    const duePartitions = () => {
      known ??= readDuePartitions(place);
      return known;
    };
    return journal(choreType, { doc, own: table.name, duePartitions });
  };
  const ids: string[] = [];
  const write = (chores: ReturnType<typeof instance>) => {
    const id = `chr_${ids.length}`;
    ids.push(id);
    return execute(chores, {
      site: 's',
      id,
      now: NOW,
      by: 'li',
      idempotencyKey: { scope: id, body: '' },
      decide: () => ({ events: [{ name: 'chore.opened' as const, data: { opens } }] }),
    });
  };
  const swept = (deployed: number, now = NOW) => sweep([{ journal: instance() }], { now, deployed });
  return { instance, write, swept, ids };
};

test('a number that is made smaller again forgets nothing: a sweep walks all there ever were', async () => {
  const w = world();
  await w.swept(8);
  const chores = w.instance();
  for (let i = 0; i < 40; i++) await w.write(chores);
  const found = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((p) => chores.due(p, 0, LATER)));
  expect(found.filter(({ items }) => items.length > 0)).toHaveLength(8);
  expect(await w.swept(2, LATER)).toMatchObject({ woken: 40, failed: 0 });
  expect(await w.swept(1, LATER)).toMatchObject({ woken: 0 });
});

test('whatever numbers were deployed, and whatever instances of before go on writing, each chore is looked at', async () => {
  const step = fc.record({ deployed: fc.integer({ min: 1, max: 9 }), sweeps: fc.boolean(), fresh: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const w = world();
      let writer = w.instance();
      for (const { deployed, sweeps, fresh } of steps) {
        if (fresh) writer = w.instance();
        await w.write(writer);
        if (sweeps) await w.swept(deployed);
        await w.write(writer);
      }
      expect((await w.swept(1, LATER)).woken).toBe(w.ids.length);
    }),
    { numRuns: 50 },
  );
});

test('a sweep that lives on asks once an hour, and at once what another deployment made of it', async () => {
  const asked: string[] = [];
  const doc = memoryTables(table);
  const send = doc.send.bind(doc);
  doc.send = ((command: { constructor: { name: string } }) => {
    asked.push(command.constructor.name);
    return send(command as never);
  }) as typeof doc.send;
  const partitionsOf = askedHourly();
  const ask = (deployed: number, now: number) => partitionsOf({ doc, table: table.name }, deployed, now);
  expect([await ask(4, NOW), await ask(4, NOW + HOUR - 1)]).toEqual([4, 4]);
  expect(asked).toEqual(['GetCommand', 'PutCommand']);
  expect([await ask(6, NOW + HOUR - 1), await ask(6, LATER)]).toEqual([6, 6]);
  expect(asked.filter((one) => one === 'GetCommand')).toHaveLength(3);
});
