import { BatchWriteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Consumed, consumed } from '../../../local/gateway/capacity.ts';
import { isWrite } from '../../../local/gateway/tables.ts';
import { checkedUnits, readUnitsOf, writtenUnits } from '../../../local/in-memory/request-units.ts';
import { actionOf, type Command } from '../../../local/in-memory/requests.ts';
import type { Item } from '../../../shared/memory-tables/items.ts';
import { readShapes, type Shape, unknownShapes } from '../../../shared/memory-tables/shapes.ts';
import { watchedTables } from '../../../shared/memory-tables/tables.ts';
import { runs } from '../../../shared/testing/runs.ts';
import { modelOf, type RealEngine, startRealEngine } from '../../support/real-engine.ts';
import { caseOf } from './cases.ts';
import { agreed, contents, outcomeOf, playTable, type Sent, scanned } from './tables.ts';
import { drawing, valuesOf } from './values.ts';

const shapes = readShapes().map((line) => JSON.parse(line) as Shape);
/** What BatchWriteItem takes at most in one call. */
const BATCH = 25;
const table = playTable(shapes);
/** Write units of what was written in memory since somebody asked. */
let written = 0;
const memory = watchedTables([table], (_, before, after, inTransaction) => {
  written += writtenUnits(table, before, after, inTransaction);
}).doc as unknown as Sent;
let engine: RealEngine;
let real: Sent;

beforeAll(async () => {
  engine = await startRealEngine();
  real = engine.doc as unknown as Sent;
  await engine.createTables([modelOf(table)]);
});
afterAll(async () => {
  // What is played here is compared here.
  unknownShapes.clear();
  await engine?.stop();
});

/** The same command, told to say what it uses. */
const priced = (command: { input: object }) => {
  const Same = command.constructor as new (input: object) => { input: object };
  return new Same({ ...command.input, ReturnConsumedCapacity: 'TOTAL' });
};

/** Sends a command to both, and compares how it ends and what it used. */
const both = async (command: { input: object }) => {
  written = 0;
  const inMemory = await outcomeOf(memory, command);
  const really = await outcomeOf(real, priced(command));
  const used = really.answer?.ConsumedCapacity as Consumed | Consumed[] | undefined;
  delete really.answer?.ConsumedCapacity;
  const [told, truth] = agreed(inMemory, really);
  expect(told, JSON.stringify(command.input)).toEqual(truth);
  if (inMemory.answer && really.answer) {
    const counted = {
      read: readUnitsOf(command as Command, inMemory.answer),
      write: written + checkedUnits(command as Command),
    };
    expect(counted, `units of ${JSON.stringify(command.input)}`).toEqual(
      consumed(used, isWrite({ action: actionOf(command as Command) })),
    );
  }
  return inMemory.answer ?? {};
};

/** Puts into both what both take; what they don't is a case of its own. */
const lay = async (items: readonly Item[]) => {
  const taken = new Map<string, Item>();
  for (const Item of items)
    if ((await outcomeOf(memory, new PutCommand({ TableName: 'play', Item }))).answer)
      taken.set(`${Item.pk}\n${Item.sk}`, Item);
  const requests = [...taken.values()].map((Item) => ({ PutRequest: { Item } }));
  for (let i = 0; i < requests.length; i += BATCH)
    await real.send(new BatchWriteCommand({ RequestItems: { play: requests.slice(i, i + BATCH) } }));
};

test.each(shapes.filter(({ op }) => op === 'Scan'))('as DynamoDB does it: %j', async (shape) => {
  // Before there is more.
  await drawing(async (draw) => {
    const values = valuesOf(draw, 'scanned', table);
    await lay(Array.from({ length: 30 }, () => values.item(new Map())));
  }, 1);
  for (const Limit of shape.limit ? [1, 7, 50] : [undefined]) {
    const input = { ...(Limit === undefined ? {} : { Limit }), ...(shape.consistent ? { ConsistentRead: true } : {}) };
    const segments = shape.segments ? [0, 1, 2].map((Segment) => ({ Segment, TotalSegments: 3 })) : [{}];
    // Which item lies in which segment, and their order, is DynamoDB's own business.
    const all = async (tables: Sent) => {
      const pages = await Promise.all(segments.map((segment) => scanned(tables, { ...input, ...segment })));
      const items = pages.flat(2).map(({ pk, sk }) => `${pk}\n${sk}`);
      return {
        items: items.sort(),
        most: Math.max(...pages.flat().map(({ length }) => length)),
        pages: shape.segments ? 0 : pages.flat().length,
      };
    };
    expect(await all(memory)).toEqual(await all(real));
  }
});

test.each(shapes.filter(({ op }) => op !== 'Scan'))('as DynamoDB does it: %j', async (shape) => {
  const space = shapes.indexOf(shape);
  await drawing(async (draw, run) => {
    const values = valuesOf(draw, `${space}.${run}`, table);
    const { command, before } = caseOf(draw, values, shape, shapes, table);
    await lay(before);
    let { LastEvaluatedKey: from } = await both(command);
    for (
      ;
      from;
      { LastEvaluatedKey: from } = await both(new QueryCommand({ ...command.input, ExclusiveStartKey: from } as never))
    );
    expect(await contents(memory, values.partitions)).toEqual(await contents(real, values.partitions));
  }, runs(6).numRuns);
});
