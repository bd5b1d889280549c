import {
  buildingFrom,
  type Contradiction,
  contradictionIn,
  type Place,
  type PlaceReading,
  parsePlace,
  placeFrom,
} from '../../../shared/values/place.ts';
import type { RowFault } from '../events.ts';
import { levelText } from './cells.ts';
import type { ImportColumns } from './columns.ts';
import type { ReadRow } from './importer.ts';

const LABEL_MAX = 40;
const read = levelText(LABEL_MAX);
/** A level may be merged over the rows of all that is in it. */
const level = { read, empty: { value: undefined }, carries: true } as const;

/** `3/18` is floor 3 of 18; `中楼层(共7层)` says how high, not where. */
const readFloor: typeof read = (value, cell) => {
  const [, floor = value] = /^(\S{1,3})\/\d{1,3}层?$/.exec(value) ?? [];
  return read(/^[低中高顶底](楼?层|区)?(\(.*\))?$/.test(floor) ? '' : floor, cell);
};

/** Where a row says that something is: level by level, or all of it in the column of the room (`8-2-101`). */
export interface PlaceCells {
  phase: string | undefined;
  building: string | undefined;
  entrance: string | undefined;
  floor: string | undefined;
  number: string;
}
export const placeColumns: ImportColumns<PlaceCells> = {
  phase: {
    ...level,
    titles: ['期', '区', '期区', '分期', '期数', '期别', '区域', '组团', '苑区', 'phaseno', 'phasenumber', 'stage'],
  },
  building: {
    ...level,
    allOrNone: true,
    titles: [
      '楼栋',
      '楼号',
      '栋号',
      '幢号',
      '栋',
      '幢',
      '楼栋号',
      '楼幢',
      '楼幢号',
      '楼宇',
      '楼宇号',
      '楼座',
      '座',
      '座号',
      '号楼',
      '楼',
      'block',
      'tower',
      'bldg',
      'buildingno',
      'buildingnumber',
      'buildingname',
      'blockno',
      'blocknumber',
      'towerno',
      'bldgno',
    ],
    otherwise: ['community', '小区'],
  },
  entrance: {
    ...level,
    titles: ['单元', '单元号', '单元名称', '门栋', '梯号', 'entranceno', 'staircase', 'stairwell'],
  },
  floor: {
    ...level,
    titles: ['楼层', '层', '层号', '所在楼层', '所在层', 'level', 'storey', 'story', 'floorno', 'floornumber'],
    read: readFloor,
  },
  number: {
    titles: [
      '房号',
      'unit',
      'room',
      '房间号',
      '室号',
      '门牌号',
      '房间',
      '房屋编号',
      '房屋号',
      '房间编号',
      '房屋',
      '室',
      '门牌',
      'unitno',
      'unitnumber',
      'roomno',
      'roomnumber',
      'flat',
      'flatno',
      'flatnumber',
      'apartment',
      'apt',
      'aptno',
      'apartmentno',
      'apartmentnumber',
      'door',
      'doorno',
      'suite',
      'suiteno',
    ],
    read,
  },
};

export const PLACE_FIELDS = Object.keys(placeColumns) as (keyof PlaceCells)[];

/** A text of one column with what the columns beside it say; nothing where these say otherwise. */
const beside = (
  said: Omit<PlaceCells, 'building' | 'number'>,
  one: PlaceReading & { building: string },
): Place | Contradiction => {
  const { phase, entrance, floor } = placeFrom({ ...said, building: '', number: '' });
  const wrong = (['phase', 'entrance', 'floor'] as const).flatMap((level): Contradiction[] => {
    const own = { phase, entrance, floor }[level];
    return own && one[level] && own !== one[level] ? [{ level, said: own, other: one[level] }] : [];
  })[0];
  return (
    wrong ??
    placeFrom({ ...one, phase: phase ?? one.phase, entrance: entrance ?? one.entrance, floor: floor ?? one.floor })
  );
};
const readingsOf = ({ building: _, number, ...said }: PlaceCells): (Place | Contradiction)[] =>
  parsePlace(number).flatMap(({ building, ...one }) =>
    building === undefined ? [] : [beside(said, { ...one, building })],
  );

/** Where a row can mean, the likeliest first; nowhere when it says no building, or contradicts itself. */
export const placesOf = (cells: PlaceCells): Place[] => {
  const { building } = cells;
  if (building !== undefined) return contradictionIn({ ...cells, building }) ? [] : [placeFrom({ ...cells, building })];
  return readingsOf(cells).filter((one): one is Place => !('other' in one));
};

/** What is wrong with where a row says that something is: a room is in a building, and two cells don't say two places. */
export const placeFaults = ({ line, value }: ReadRow<PlaceCells>): RowFault[] => {
  if (placesOf(value).length > 0) return [];
  const { building } = value;
  const wrong =
    building === undefined
      ? readingsOf(value).find((one): one is Contradiction => 'other' in one)
      : contradictionIn({ ...value, building });
  if (!wrong) return [{ line, field: 'building', rule: 'import.required' }];
  return [
    { line, field: 'number', rule: 'import.place-contradicts', details: { ...wrong, level: `level.${wrong.level}` } },
  ];
};

/**
 * A sheet in which every room of every building begins with its building's name says the building twice (`9`, `9-101`). Where one
 * doesn't, or there is one building alone, what stands before the dash may be an entrance, and stays.
 */
export const saidOnce = <T extends PlaceCells>(rows: readonly ReadRow<T>[]): ReadRow<T>[] => {
  const roomOf = ({ building = '', entrance, number }: T) => {
    const [, before, room] = /^([^-]+)-([^-]+)$/.exec(number) ?? [];
    return before && entrance === undefined && buildingFrom(before) === buildingFrom(building) ? room : undefined;
  };
  const buildings = new Set(rows.map(({ value }) => buildingFrom(value.building ?? '')));
  if (buildings.size < 2 || rows.some(({ value }) => roomOf(value) === undefined)) return [...rows];
  return rows.map(({ line, value }) => ({ line, value: { ...value, number: roomOf(value) ?? value.number } }));
};
