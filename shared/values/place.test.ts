import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  buildingFrom,
  buildingOf,
  contradictionIn,
  isPlaceFormat,
  PLACE_FORMAT,
  type Place,
  parsePlace,
  placeFrom,
  placesIn,
  roomKey,
  writeBuilding,
  writePlace,
} from './place.ts';

const key = (place: Place) => JSON.stringify([buildingOf(place), roomKey(place)]);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const places = fc
  .record({
    phase: maybe(fc.constantFrom('一期', '二期', '十二期', '东区', 'A区')),
    building: fc.constantFrom('1', '8', '12', 'A', 'B1', '东一幢', '翠湖楼', '果园小区'),
    entrance: maybe(fc.constantFrom('1', '2', '11', 'A', '东')),
    floor: maybe(fc.constantFrom('1', '2', '10', '-1', 'B1')),
    number: fc.constantFrom('1', '101', '0101', '201', '1001', '101A', 'B1-023'),
  })
  .map(placeFrom);
const FORMATS = [
  PLACE_FORMAT,
  '{phase}{building}号楼{entrance}单元{floor}楼{number}',
  '{phase}{building}座{entrance}门{floor}层{number}房',
];

test('what is written of a place is read as that place, in whichever words', () => {
  fc.assert(
    fc.property(places, fc.constantFrom(...FORMATS), (place, format) => {
      const read = parsePlace(writePlace(place, format));
      expect(read.map((one) => key(placeFrom(one as Place)))).toContain(key(place));
      expect(placeFrom(place)).toEqual(place);
    }),
  );
});

test('two places that differ in any level are two, by what tells them apart and as they are written', () => {
  fc.assert(
    fc.property(places, places, (a, b) => {
      const tells = (place: Place) => writePlace(place);
      expect(key(a) === key(b)).toBe(tells(a) === tells(b));
      if (a.floor === b.floor) expect(key(a) === key(b)).toBe(JSON.stringify(levels(a)) === JSON.stringify(levels(b)));
    }),
  );
});
const levels = ({ phase, building, entrance, number }: Place) => [phase, building, entrance, number];

test.each([
  ['8幢2单元101室', { building: '8', entrance: '2', number: '101' }],
  ['8-2-101', { building: '8', entrance: '2', number: '101' }],
  ['８－２－１０１', { building: '8', entrance: '2', number: '101' }],
  ['8号楼 2单元 101室', { building: '8', entrance: '2', number: '101' }],
  ['八幢二单元101', { building: '8', entrance: '2', number: '101' }],
  ['8棟2單元101房', { building: '8', entrance: '2', number: '101' }],
  ['9-101', { building: '9', number: '101' }],
  ['A座1203', { building: 'A', number: '1203' }],
  ['18号101室', { building: '18', number: '101' }],
  ['101室', { number: '101' }],
  ['2期8#楼101', { phase: '二期', building: '8', number: '101' }],
  ['东区8幢3层01室', { phase: '东区', building: '8', floor: '3', number: '01' }],
  ['Tower B 101', { building: 'Tower B', number: '101' }],
])('%s is read', (text, place) => expect(parsePlace(text)[0]).toEqual(place));

test('what can be several places is read as each of them, and a building or a name alone as none', () => {
  expect(parsePlace('1-8-101')).toEqual([
    { building: '1', entrance: '8', number: '101' },
    { phase: '一期', building: '8', number: '101' },
    { building: '1', number: '8-101' },
  ]);
  expect(parsePlace('翠湖花园8幢101室')).toContainEqual({ building: '8', number: '101' });
  for (const text of ['', '9栋', 'A座', '测试甲', '—']) expect(parsePlace(text)).toEqual([]);
  expect(placesIn('物业费8-2-101张三')).toEqual(['8-2-101']);
  expect(placesIn('张三 一期8幢2单元101室 11月')).toEqual(['一期8幢2单元101室']);
});

test('however a building or a room is called, it is one; what another cell contradicts stays a name', () => {
  expect(new Set(['8', '8幢', '8栋', '8号楼', '8#', '８', '8 号楼', '八幢', '8座'].map(buildingFrom))).toEqual(
    new Set(['8']),
  );
  expect(new Set(['一期8幢', '1期8', '一期·8'].map(buildingFrom))).toEqual(new Set(['一期·8']));
  const place = { building: '8', entrance: '2', number: '101' };
  for (const one of [
    { building: '8幢', entrance: '2单元', number: '101室' },
    { building: '8幢2单元', number: '101' },
    { building: '8', number: '2单元101室' },
    { building: '8', number: '8幢2单元101室' },
    { building: '8', entrance: '2', number: '2单元101' },
  ]) {
    expect(placeFrom(one)).toEqual(place);
  }
  expect(key({ building: '8', number: '2-101' })).toBe(key(place));
  expect(placeFrom({ building: '8', entrance: '1', number: '2单元101' })).toMatchObject({ number: '2单元101' });
});

test('a site writes its places in its words; a name takes none, and what is not there leaves none', () => {
  const place = { phase: '一期', building: '8', entrance: '2', floor: '1', number: '101' };
  expect(writePlace(place)).toBe('一期8幢2单元101室');
  expect(writePlace({ building: '1', number: '401' })).toBe('1幢401室');
  expect(writePlace({ building: '翠湖楼', number: '401' })).toBe('翠湖楼401室');
  expect(writePlace({ building: 'A', number: '商铺3' })).toBe('A座商铺3');
  expect(writePlace({ building: '8', number: 'B1-023', kind: 'space' })).toBe('8幢B1-023');
  expect(writePlace(place, '{phase}{building}-{entrance}-{floor}-{number}')).toBe('一期8-2-101');
  expect(writeBuilding('一期·8')).toBe('一期8幢');
  expect(writeBuilding('8', '{phase}{building}号楼{entrance}单元{floor}层{number}室')).toBe('8号楼');
  expect(isPlaceFormat('{phase}{building}-{entrance}-{floor}-{number}')).toBe(true);
  for (const wrong of ['', '{building}{number}', '{number}{building}{phase}{entrance}{floor}']) {
    expect(isPlaceFormat(wrong)).toBe(false);
  }
});

test.each([
  ['building', '9', '8', { building: '9', number: '8幢2单元101室' }],
  ['building', '9', '8', { building: '9', entrance: '2', number: '8-2-101' }],
  ['number', '7', '101', { building: '8幢2单元101室', number: '7' }],
  ['number', '7', '101', { building: '8-2-101', number: '7' }],
  ['entrance', '1', '2', { building: '8幢2单元', entrance: '1', number: '101' }],
  ['entrance', '1', '2', { building: '8', entrance: '1', number: '2单元101室' }],
  ['entrance', '1', '2', { building: '8', entrance: '1', number: '2-101' }],
  ['building', '8', '9', { building: '8', entrance: '9幢2单元', number: '101' }],
  ['phase', '一期', '二期', { phase: '一期', building: '二期8幢', number: '101' }],
  ['floor', '4', '3', { building: '8', floor: '4', number: '3层301' }],
] as const)('cells that say different things of one level are told: %s is %s and %s', (level, said, other, place) => {
  expect(contradictionIn(place)).toEqual({ level, said, other });
});

test('what cells say twice, or of different levels, is no contradiction', () => {
  const place = { building: '8', entrance: '2', number: '101' };
  for (const one of [
    { building: '8', number: '8-2-101' },
    { building: '8', entrance: '2', number: '2-101' },
    { building: '8', entrance: '2', number: '8-101' },
    { building: '8', entrance: '8幢2单元', number: '101' },
    { building: '8幢2单元101室', number: '101' },
    { building: '8-2-101', number: '101' },
  ]) {
    expect([one, contradictionIn(one), placeFrom(one)]).toEqual([one, undefined, place]);
  }
  for (const one of [
    { building: '8', number: '2-101' },
    { building: '8', number: '1-2-101' },
    { building: '8', number: '3号101室' },
    { phase: '一期', building: '东区8幢', number: '101' },
    { building: '8', entrance: '1', number: '3-301' },
    { building: '9', number: '商铺8' },
    { building: '8幢2', number: '101' },
  ]) {
    expect([one, contradictionIn(one)]).toEqual([one, undefined]);
  }
  fc.assert(fc.property(places, (one) => contradictionIn(one) === undefined));
});
