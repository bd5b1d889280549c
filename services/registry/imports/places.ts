import { buildingFrom, type Place, parsePlace, placeFrom } from '../../../shared/place.ts';
import type { RowFault } from '../events.ts';
import { type Columns, label } from './columns.ts';
import type { Line } from './importer.ts';

const LABEL_MAX = 40;
const read = label(LABEL_MAX);
const empty = { value: undefined };

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
export const placeColumns: Columns<PlaceCells> = {
  phase: { titles: ['期', '区', '期区', '分期', '期数', '期别', '区域', '组团', '苑区'], read, empty },
  building: {
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
    ],
    otherwise: ['community', '小区'],
    read,
    empty,
  },
  entrance: { titles: ['单元', '单元号', '单元名称', '门栋', '梯号'], read, empty },
  floor: { titles: ['楼层', '层', '层号', '所在楼层', '所在层'], read: readFloor, empty },
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
    ],
    read,
  },
};

/** Where a row can mean, the likeliest first; nowhere when it says no building. */
export const placesOf = ({ phase, building, entrance, floor, number }: PlaceCells): Place[] => {
  const said = { phase, entrance, floor };
  if (building !== undefined) return [placeFrom({ ...said, building, number })];
  return parsePlace(number).flatMap((one) =>
    one.building === undefined
      ? []
      : [
          placeFrom({
            phase: phase ?? one.phase,
            building: one.building,
            entrance: entrance ?? one.entrance,
            floor: floor ?? one.floor,
            number: one.number,
          }),
        ],
  );
};

/** A room is in a building. */
export const unplaced = ({ line, value }: Line<PlaceCells>): RowFault[] =>
  placesOf(value).length > 0 ? [] : [{ line, field: 'building', rule: 'import.required' }];

/**
 * A sheet in which every room of every building begins with its building's name says the building twice (`9`, `9-101`). Where one
 * doesn't, or there is one building alone, what stands before the dash may be an entrance, and stays.
 */
export const saidOnce = <T extends PlaceCells>(rows: readonly Line<T>[]): Line<T>[] => {
  const roomOf = ({ building = '', entrance, number }: T) => {
    const [, before, room] = /^([^-]+)-([^-]+)$/.exec(number) ?? [];
    return before && entrance === undefined && buildingFrom(before) === buildingFrom(building) ? room : undefined;
  };
  const buildings = new Set(rows.map(({ value }) => buildingFrom(value.building ?? '')));
  if (buildings.size < 2 || rows.some(({ value }) => roomOf(value) === undefined)) return [...rows];
  return rows.map(({ line, value }) => ({ line, value: { ...value, number: roomOf(value) ?? value.number } }));
};
