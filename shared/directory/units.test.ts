import { PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defineTable } from '../aws/table.ts';
import { memoryTables } from '../memory-tables/tables.ts';
import { buildingOf, type Place, placeFrom, writePlace } from '../values/place.ts';
import { buildingsOf, type UnitEntry, unitIdKey, unitKey, unitsById, unitsOf } from './units.ts';

const published = async (places: readonly (readonly [building: string, number: string])[], site = 'here') => {
  const doc = memoryTables(defineTable({ name: 'registry', journal: true }));
  for (const [i, [building, number]] of places.entries()) {
    const entry = { unit: `unt_${i}`, building, number, kind: 'flat', areaMicro: 1, state: 'vacant', payers: [] };
    for (const key of [unitKey(site, entry), unitIdKey(site, entry.unit)]) {
      await doc.send(new PutCommand({ TableName: 'registry', Item: { ...key, ...entry, of: entry.unit } }));
    }
  }
  return { doc, registry: 'registry' };
};
const places = fc.uniqueArray(
  fc.tuple(fc.constantFrom('1', '10', '1 A', '1号楼', '𠮷楼', 'A-1'), fc.constantFrom('101', '1', '𠀀', '\uffff', ' ')),
  { selector: ([building, number]) => `${building}\n${number}` },
);

test('however buildings and numbers are named, each building is found once, and every unit in its own', async () => {
  await fc.assert(
    fc.asyncProperty(places, fc.integer({ min: 1, max: 4 }), async (all, limit) => {
      const directory = await published(all);
      const buildings = await buildingsOf(directory, 'here');
      expect([...buildings].sort()).toEqual([...new Set(all.map(([building]) => building))].sort());
      const [first] = buildings;
      expect(await buildingsOf(directory, 'here', { limit: 1 })).toEqual(first === undefined ? [] : [first]);
      expect(await buildingsOf(directory, 'here', { after: first })).toEqual(buildings.slice(1));
      const seen: UnitEntry[] = [];
      for (const building of buildings) {
        for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
          const page = await unitsOf(directory, 'here', { building, after, limit });
          expect(page.items.every((unit) => unit.building === building)).toBe(true);
          seen.push(...page.items);
          after = page.next;
        }
      }
      expect(seen).toHaveLength(all.length);
      expect((await unitsOf(directory, 'here', { limit: 100 })).items).toEqual(seen);
      const byId = await unitsById(directory, 'here', [...seen.map(({ unit }) => unit), 'unt_nobody']);
      expect([...byId.keys()].sort()).toEqual(seen.map(({ unit }) => unit).sort());
    }),
  );
});

test('two places that differ in any level are two units, and entrances of one building are one building', async () => {
  const level = (...some: string[]) => fc.option(fc.constantFrom(...some), { nil: undefined });
  const place = fc
    .record({
      phase: level('一期', '东区'),
      building: fc.constantFrom('8', '18', '翠湖楼'),
      entrance: level('1', '2', '12'),
      floor: level('1', '3'),
      number: fc.constantFrom('1', '101', '2-101', '1-1'),
    })
    .map(placeFrom);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(place, { selector: (one) => writePlace(one) }), async (all) => {
      const doc = memoryTables(defineTable({ name: 'registry', journal: true }));
      for (const [i, one] of all.entries()) {
        await doc.send(
          new PutCommand({ TableName: 'registry', Item: { ...unitKey('here', one), ...one, unit: `${i}` } }),
        );
      }
      const directory = { doc, registry: 'registry' };
      const { items } = await unitsOf(directory, 'here', { limit: 1_000 });
      // A room 2-101 is that of the second entrance, where none is said.
      const second = (one: Place) => one.number === '2-101' && one.entrance === undefined;
      const doors = new Set(all.map((one) => writePlace(second(one) ? { ...one, entrance: '2', number: '101' } : one)));
      expect(items).toHaveLength(doors.size);
      expect(new Set(await buildingsOf(directory, 'here'))).toEqual(new Set(all.map(buildingOf)));
    }),
  );
});

test("another site's units are not found", async () => {
  const directory = await published([['1', '101']], 'there');
  expect(await buildingsOf(directory, 'here')).toEqual([]);
  expect((await unitsOf(directory, 'here', { limit: 10 })).items).toEqual([]);
  expect((await unitsById(directory, 'here', ['unt_0'])).size).toBe(0);
  const [unit] = (await unitsOf(directory, 'there', { limit: 10 })).items;
  expect(unit).toEqual({
    unit: 'unt_0',
    building: '1',
    number: '101',
    kind: 'flat',
    areaMicro: 1,
    state: 'vacant',
    payers: [],
  });
});
