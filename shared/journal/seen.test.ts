import { BatchGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { defineTable } from '../aws/table.ts';
import { defineEvent } from '../domain/events.ts';
import { type Obligation, obligation, obligationEvents, open, tookRung } from '../domain/obligation.ts';
import { Refusal } from '../domain/refusal.ts';
import { memoryTables } from '../memory-tables/tables.ts';
import { HOUR, MINUTE } from '../time/clock.ts';
import type { AggregateType } from './aggregate.ts';
import { execute, wakeUp } from './execute.ts';
import { journal } from './journal.ts';

const NOW = Date.UTC(2026, 4, 1);
const opened = defineEvent('chore.opened', 'A chore was opened.', z.object({ opens: z.array(obligation) }));
const noted = defineEvent('chore.noted', 'Something was noted of it.', z.object({ words: z.string() }));
const events = [opened, noted, ...obligationEvents('chore')] as const;
const choreType: AggregateType<{ owed: Obligation[] }, (typeof events)[number]> = {
  type: 'chore',
  most: {},
  ids: 'improvement',
  events,
  fold: (state, event) => {
    if (event.name === 'chore.opened') return { owed: event.data.opens };
    return event.name === 'chore.noted' ? (state ?? { owed: [] }) : { owed: tookRung(state?.owed ?? [], event.data) };
  },
  finished: ({ owed }) => owed.length === 0,
};
const table = defineTable({ name: 'chores', journal: true });
const opens = [
  open({ duty: 'do', position: { role: 'agent' }, since: NOW, due: NOW + HOUR, remindAt: NOW + MINUTE, ladder: [] }),
];

/** A chore somebody looks at, at version 1, before others do something to it or the clock does. */
const chore = async () => {
  const doc = memoryTables(table);
  const chores = journal(choreType, { doc, own: table.name });
  const on = { site: 's', id: 'ipv_1' };
  await execute(chores, {
    ...on,
    now: NOW,
    by: 'li',
    decide: () => [{ name: 'chore.opened' as const, data: { opens } }],
  });
  const notes = async (key: string, seen?: number, body = '') => {
    const words = `${key}${body}`;
    const idempotencyKey = { scope: key, body, seen };
    const decide = () => ({ events: [{ name: 'chore.noted' as const, data: { words } }] });
    try {
      const { current } = await execute(chores, { ...on, now: NOW, by: 'li', idempotencyKey, decide });
      return current.version;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { [error.kind]: error.details };
    }
  };
  return {
    notes,
    doc,
    reminds: () => wakeUp(chores, { ...on, now: NOW + 2 * MINUTE }),
    told: async () => (await chores.history(on.site, on.id)).map(({ name }) => name),
  };
};
beforeEach(() => void vi.stubEnv('DUE_PARTITIONS', '1'));

test('of two who have seen the same, the second is told that it has changed since, and may look and do it', async () => {
  const { notes } = await chore();
  expect(await notes('one', 1)).toBe(2);
  expect(await notes('two', 1)).toEqual({ changed: { version: 2, seen: 1 } });
  // Nothing of that was recorded: under its key it may be done once its giver has looked.
  expect(await notes('two', 2)).toBe(3);
  expect(await notes('three')).toBe(4);
});

test('what was done is answered again under its key, whatever has happened since and whatever version comes with it', async () => {
  const { notes, told } = await chore();
  expect(await notes('one', 1)).toBe(2);
  await notes('two', 2);
  expect([await notes('one', 1), await notes('one'), await notes('one', 9)]).toEqual([2, 2, 2]);
  expect(await told()).toEqual(['chore.opened', 'chore.noted', 'chore.noted']);
});

test('a reminder between looking and doing is no change', async () => {
  const { notes, reminds, told } = await chore();
  await reminds();
  expect(await told()).toEqual(['chore.opened', 'chore.reminded']);
  expect(await notes('one', 1)).toBe(3);
  expect(await notes('two', 2)).toEqual({ changed: { version: 3, seen: 2 } });
});

test('a version that isn’t there yet is none that anybody saw', async () => {
  const { notes } = await chore();
  expect(await notes('one', 5)).toEqual({ changed: { version: 1, seen: 5 } });
});

test('whoever is overtaken while it is written is told so, too', async () => {
  const { notes, doc } = await chore();
  const { send } = doc;
  let isFirst = true;
  const racing = async (command: object) => {
    if (isFirst && command instanceof TransactWriteCommand) {
      isFirst = false;
      expect(await notes('faster', 1)).toBe(2);
    }
    return (send as (command: object) => unknown).call(doc, command);
  };
  vi.spyOn(doc, 'send').mockImplementation(racing as never);
  expect(await notes('slower', 1)).toEqual({ changed: { version: 2, seen: 1 } });
});

test('the same command sent twice at once isn’t told that it was changed by itself', async () => {
  const { notes, doc } = await chore();
  expect(await notes('twin', 1)).toBe(2);
  const { send } = doc;
  let isFirst = true;
  // A batch of reads is no snapshot: the key was read before its twin had written, the head after.
  const torn = async (command: object) => {
    const answer = (await (send as (command: object) => unknown).call(doc, command)) as { Responses?: object };
    if (!isFirst || !(command instanceof BatchGetCommand)) return answer;
    isFirst = false;
    const heads = Object.values(answer.Responses ?? {}).map((items: { sk: string }[]) =>
      items.filter(({ sk }) => sk === 'head'),
    );
    return { ...answer, Responses: { [table.name]: heads.flat() } };
  };
  vi.spyOn(doc, 'send').mockImplementation(torn as never);
  expect(await notes('twin', 1)).toBe(2);
  expect(isFirst).toBe(false);
});
