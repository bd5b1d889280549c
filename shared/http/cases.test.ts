import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { defineTable } from '../aws/table.ts';
import { defineEvent } from '../domain/events.ts';
import { invalid, notFound, overtaken, Refusal, refuse, refuseForNow } from '../domain/refusal.ts';
import type { AggregateType } from '../journal/aggregate.ts';
import { execute } from '../journal/execute.ts';
import { type Journal, journal } from '../journal/journal.ts';
import { memoryTables } from '../memory-tables/tables.ts';
import { apiCaller } from '../testing/api-caller.ts';
import { OTHERS, SITE, siteInMemory } from '../testing/site.ts';
import { type CaseDeps, caseCommands } from './cases.ts';

const rang = defineEvent('bell.rang', 'It rang.', z.object({ seen: z.number().int() }));
interface Bell {
  rings: number;
  seen: number[];
  policy: number;
  owed: [];
}
const type: AggregateType<Bell, typeof rang> = {
  type: 'bell',
  ids: 'contact',
  kind: 'record',
  events: [rang],
  most: { seen: 100 },
  fold: (state, { data }) => ({
    rings: (state?.rings ?? 0) + 1,
    seen: [...(state?.seen ?? []), data.seen],
    policy: 0,
    owed: [],
  }),
  finished: () => true,
};
const table = defineTable({ name: 'bells', journal: true });
const ID = 'con_202611110000000000';

/** A bell that rings with what was looked up first. */
const bell = async (lookUp: (bells: Journal<Bell, typeof rang>, state: Bell) => Promise<number>) => {
  const reads: string[] = [];
  const inner = memoryTables(table, ...OTHERS);
  const doc = {
    send: (command: Parameters<DynamoDBDocumentClient['send']>[0]) => {
      const { input } = command as GetCommand | BatchGetCommand;
      if (command instanceof GetCommand && 'Key' in input) reads.push(input.Key?.sk);
      if (command instanceof BatchGetCommand && 'RequestItems' in input)
        reads.push(...Object.values(input.RequestItems ?? {}).flatMap(({ Keys = [] }) => Keys.map(({ sk }) => sk)));
      return inner.send(command as never);
    },
  } as unknown as DynamoDBDocumentClient;
  const w = await siteInMemory(table, { li: { role: 'agent' } }, Date.parse('2026-11-11T09:15+08:00'), doc);
  await w.setPolicy({}, 0);
  const bells = journal(type, w.tables);
  const ring = (seen: number) =>
    execute(bells, {
      site: SITE,
      id: ID,
      now: w.now,
      by: 'zhao',
      decide: () => [{ name: 'bell.rang' as const, data: { seen } }],
    });
  await ring(0);
  const command = caseCommands<CaseDeps, Bell, typeof rang>({
    path: '/sites/{site}/bells/{contact}',
    kind: 'contact',
    journal: () => bells,
    answer: z.object({ rings: z.number(), seen: z.array(z.number()) }),
    view: ({ state }) => ({ rings: state?.rings, seen: state?.seen }),
    under: 'present',
  });
  const api = apiCaller(
    [
      command('ring', 'Ring it', ['agent'], z.strictObject({}), {
        may: () => undefined,
        lookUp: (_, __, ___, { state }) => lookUp(bells, state),
        decide: (_, __, ___, seen) => [{ name: 'bell.rang' as const, data: { seen } }],
      }),
    ],
    w.deps,
  );
  return {
    rings: (key: string, id = ID) => api('li', `POST /sites/${SITE}/bells/${id}/ring`, {}, key),
    ring,
    reads,
  };
};

test('a command done before answers the same, whatever would be in its way now', async () => {
  let known = true;
  const { rings } = await bell(async () => {
    if (!known) throw new Refusal('rule', 'request.list-full');
    return 7;
  });
  const first = await rings('k1');
  expect(first).toMatchObject({ status: 200, body: { rings: 2, seen: [0, 7] } });
  known = false;
  expect(await rings('k1')).toEqual(first);
  expect((await rings('k2')).status).toBe(422);
});

test('what is looked up is read for the state that it is decided on', async () => {
  const { rings } = await bell(async (_, { rings: before }) => before);
  expect(await rings('k1')).toMatchObject({ status: 200, body: { rings: 2, seen: [0, 1] } });
  expect(await rings('k2')).toMatchObject({ status: 200, body: { rings: 3, seen: [0, 1, 2] } });
});

test('what a look-up refuses is kept under the key, but what is malformed, and what a read behind the journals refuses', async () => {
  let refuses: Refusal | undefined;
  const { rings } = await bell(async () => {
    if (refuses) throw refuses;
    return 7;
  });
  const kept = [refuse('request.list-full'), refuseForNow('request.list-full'), invalid(), notFound('x'), overtaken()];
  const first: unknown[] = [];
  for (const [i, one] of kept.entries()) {
    refuses = one;
    first.push((await rings(`k${i}`)).status);
  }
  expect(first).toEqual([422, 422, 400, 404, 409]);
  refuses = undefined;
  const again: unknown[] = [];
  for (const i of kept.keys()) again.push((await rings(`k${i}`)).status);
  expect(again).toEqual([422, 200, 200, 200, 200]);
});

test('what was looked up is looked up anew where somebody else wrote first', async () => {
  let tries = 0;
  const { rings, ring } = await bell(async () => {
    tries++;
    if (tries === 1) await ring(99);
    return tries;
  });
  expect(await rings('k1')).toMatchObject({ status: 200, body: { seen: [0, 99, 2] } });
});

test('a command reads its case once, together with its key', async () => {
  const { rings, reads } = await bell(async () => 1);
  reads.length = 0;
  expect((await rings('k1')).status).toBe(200);
  expect(reads.filter((sk) => sk === 'head')).toHaveLength(1);
});

test('of a case that is not there nothing is looked up', async () => {
  let looked = false;
  const { rings } = await bell(async () => {
    looked = true;
    return 1;
  });
  expect((await rings('k1', 'con_202611119999999999')).status).toBe(404);
  expect(looked).toBe(false);
});
