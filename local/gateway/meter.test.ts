import { expect, test } from 'vitest';
import { bill } from './bill.ts';
import { consumed, itemSize, refusedWriteUnits, writeUnits } from './capacity.ts';
import { createMeter, per64Kb, totals } from './meter.ts';
import { LIST_PRICES } from './prices.ts';

test('a snapshot stands still, and since() is what came after it', () => {
  const meter = createMeter();
  meter.count('Api', 'PutItem', 'dynamodb.writeUnits', 2);
  const before = meter.snapshot();
  meter.count('Api', 'PutItem', 'dynamodb.writeUnits', 3);
  meter.count('Sweep', 'invoke', 'lambda.invocations');
  expect(before).toEqual({ Api: { PutItem: { 'dynamodb.writeUnits': 2 } } });
  expect(meter.since(before)).toEqual({
    Api: { PutItem: { 'dynamodb.writeUnits': 3 } },
    Sweep: { invoke: { 'lambda.invocations': 1 } },
  });
  expect(totals(meter.snapshot())).toEqual({ 'dynamodb.writeUnits': 5, 'lambda.invocations': 1 });
  expect(meter.since(meter.snapshot())).toEqual({});
});

test('a bill is the list price of every unit, by unit and by who caused it', () => {
  const meter = createMeter();
  meter.count('Api', 'PutItem', 'dynamodb.writeUnits', 1_000_000);
  meter.count('Api', 'Query', 'dynamodb.readUnits', 2_000_000);
  meter.count('Timers', 'enter', 'states.transitions', 40_000);
  // One GB for 1000 s.
  meter.count('Api', 'invoke', 'lambda.mbMs', 1024 * 1_000_000);
  const result = bill(meter.snapshot(), LIST_PRICES);
  expect(result.byUnit['dynamodb.writeUnits']).toBeCloseTo(0.625, 10);
  expect(result.byUnit['dynamodb.readUnits']).toBeCloseTo(0.25, 10);
  expect(result.byUnit['lambda.mbMs']).toBeCloseTo(0.0133334, 10);
  expect(result.byWho.Timers).toBeCloseTo(1, 10);
  expect(result.total).toBeCloseTo(0.625 + 0.25 + 0.0133334 + 1, 10);
});

test('sizes are names plus values, in UTF-8', () => {
  expect(itemSize({ pk: { S: '回音' } })).toBe(2 + 6);
  expect(itemSize({ n: { N: '-12345' } })).toBe(1 + 4);
  expect(itemSize({ b: { B: Buffer.from('abc').toString('base64') } })).toBe(1 + 3);
  expect(itemSize({ m: { M: { a: { BOOL: true } } } })).toBe(1 + 3 + 1 + 1 + 1);
  expect(itemSize({ l: { L: [{ S: 'ab' }, { NULL: true }] } })).toBe(1 + 3 + 1 + 2 + 1 + 1);
  expect(itemSize({ s: { SS: ['a', 'bc'] } })).toBe(1 + 3 + 3);
});

test('a write unit is a KB begun; a refused write costs like a done one, in a transaction twice', () => {
  expect([0, 1, 1024, 1025].map(writeUnits)).toEqual([1, 1, 1, 2]);
  const Item = { pk: { S: 'x'.repeat(1500) } };
  expect(refusedWriteUnits({ Item })).toBe(2);
  expect(refusedWriteUnits({ Key: {} })).toBe(1);
  expect(refusedWriteUnits({ TransactItems: [{ Put: { Item } }, { ConditionCheck: { Key: {} } }] })).toBe(6);
});

test('capacity is read off single, batch and transaction answers', () => {
  expect(consumed({ CapacityUnits: 1.5 }, false)).toEqual({ read: 1.5, write: 0 });
  expect(consumed([{ CapacityUnits: 2 }, { CapacityUnits: 1 }], true)).toEqual({ read: 0, write: 3 });
  // A repeated transaction with the same token is billed as reads.
  expect(consumed([{ CapacityUnits: 4, ReadCapacityUnits: 4 }], true)).toEqual({ read: 4, write: 0 });
  expect(consumed(undefined, true)).toEqual({ read: 0, write: 0 });
});

test('requests are counted in 64 KB', () => {
  expect([0, 1, 65_536, 65_537].map(per64Kb)).toEqual([1, 1, 1, 2]);
});
