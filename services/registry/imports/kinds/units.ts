import { type UnitEntry, type UnitFacts, unitKey } from '../../../../shared/directory/units.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import { squareMetres } from '../../../../shared/values/area.ts';
import type { Place } from '../../../../shared/values/place.ts';
import { needsArea, publishUnit, register } from '../../unit.ts';
import { commit, step } from '../batch.ts';
import { area, oneOf } from '../cells.ts';
import { doubtsIn } from '../doubts.ts';
import type { Importer, RowOutcome } from '../importer.ts';
import { PLACE_FIELDS, type PlaceCells, placeColumns, placeFaults, placesOf, saidOnce } from '../places.ts';

/** As people write it: the place as its cells say it, the area in m² on the sheet, in millionths once read. */
type UnitRow = PlaceCells & Pick<UnitFacts, 'kind' | 'state'> & { area: number };
const placeOf = (row: UnitRow) => placesOf(row)[0] as Place;
const factsOf = (row: UnitRow): UnitFacts => ({
  ...placeOf(row),
  kind: row.kind,
  state: row.state,
  areaMicro: row.area,
});

/** In what a unit that is there differs, and what it is there. */
const differencesFrom = (
  entry: UnitEntry,
  { kind, state, areaMicro }: UnitFacts,
): [keyof UnitRow, string | number][] => [
  ...(entry.kind === kind ? [] : [['kind', `unit-kind.${entry.kind}`] as [keyof UnitRow, string]]),
  ...(entry.areaMicro === areaMicro ? [] : [['area', squareMetres(entry.areaMicro)] as [keyof UnitRow, number]]),
  ...(entry.state === state ? [] : [['state', `unit-state.${entry.state}`] as [keyof UnitRow, string]]),
];

/** Units (房屋). */
export const units: Importer<UnitRow> = {
  columns: {
    ...placeColumns,
    kind: {
      titles: [
        '类型',
        '房屋类型',
        '用途',
        '房屋用途',
        '类别',
        '性质',
        '房屋性质',
        '物业类型',
        '业态',
        'type',
        'unittype',
        'unitkind',
        'propertytype',
      ],
      otherwise: [
        '房屋类别',
        '房产类型',
        '物业类别',
        '物业性质',
        '使用性质',
        '建筑类型',
        'use',
        'usage',
        'unituse',
        'propertyuse',
        'category',
        'unitcategory',
        'class',
      ],
      telling: true,
      spokenOf: /用途|业态|usage|(unit|property)(type|kind|use)/,
      read: oneOf([
        [
          'flat',
          'unit-kind.flat',
          '住房',
          '公寓',
          '高层',
          '小高层',
          '多层',
          '洋房',
          '普通住宅',
          'apartment',
          'residential',
          'residence',
          'condo',
          'condominium',
        ],
        ['villa', 'unit-kind.villa', '联排', '叠墅', '排屋', 'house', 'townhouse'],
        [
          'shop',
          'unit-kind.shop',
          '底商',
          '商业',
          '门面',
          '门面房',
          '店面',
          '店铺',
          '门市',
          '商业用房',
          'retail',
          'store',
          'commercial',
        ],
        ['office', 'unit-kind.office', '写字楼', '办公室', '办公用房', '商务'],
        [
          'space',
          'unit-kind.space',
          'space',
          'parking',
          'parkinglot',
          'parkingbay',
          'carpark',
          'carspace',
          'garage',
          '地下车位',
          '地上车位',
          '停车位',
          '车库',
          '地下车库',
          '产权车位',
          '人防车位',
        ],
        [
          'storage',
          'unit-kind.storage',
          'storage',
          'storeroom',
          '储藏间',
          '储物间',
          '贮藏室',
          '仓库',
          '地下室',
          '杂物间',
        ],
      ]),
      empty: { value: 'flat' },
    },
    area: {
      titles: ['收费面积', '计费面积', '收费建筑面积', '计费建筑面积', 'chargeablearea', 'billablearea', 'billedarea'],
      otherwise: [
        '建筑面积',
        '建面',
        '面积',
        '房屋面积',
        '产权面积',
        '套内面积',
        '套内建筑面积',
        '使用面积',
        'grossarea',
        'buildingarea',
        'floorarea',
        'unitarea',
        'areasqm',
        'size',
        'sqm',
        'netarea',
        'internalarea',
      ],
      read: area,
    },
    state: {
      titles: ['状态', '房屋状态', '入住状态', '使用状态', 'occupancy', 'occupancystatus', 'occupancystate'],
      otherwise: [
        '入住情况',
        '居住状态',
        '居住情况',
        '使用情况',
        '房屋现状',
        '房态',
        'status',
        'unitstatus',
        'unitstate',
      ],
      telling: true,
      spokenOf: /空置|空关|空房|闲置|未售|入住|居住|vacan|occup|unsold/,
      read: oneOf([
        [
          'occupied',
          'unit-state.occupied',
          '入住',
          '自住',
          '自用',
          '出租',
          '已租',
          '在用',
          '使用中',
          'inuse',
          'owneroccupied',
          'rented',
          'let',
          'leased',
          'tenanted',
        ],
        ['vacant', 'unit-state.vacant', '未入住', '空房', '空关', '闲置', 'empty', 'unoccupied', 'notoccupied'],
        ['developer-held', 'unit-state.developer-held', '开发商', '未交付', '待售', 'developer', 'unsold', 'forsale'],
      ]),
      empty: { value: 'occupied' },
    },
  },
  beside: saidOnce,
  checks: [
    { reads: PLACE_FIELDS, wrong: placeFaults },
    {
      reads: ['kind', 'area'],
      wrong: ({ line, value: { kind, area: areaMicro } }) =>
        needsArea({ kind, areaMicro }) ? [{ line, field: 'area', rule: 'import.area-needed' }] : [],
    },
  ],
  key: (row) => unitKey('', placeOf(row)).sk,
  keyed: PLACE_FIELDS,

  async compare(rows, context) {
    const { registry, site } = context;
    const items = await registry.publishedAll(rows.map(({ value }) => unitKey(site, placeOf(value))));
    const there = new Map(items.map((item) => [item.sk, item as unknown as UnitEntry]));
    const fresh = rows.filter(({ value }) => !there.has(unitKey(site, placeOf(value)).sk));
    const strangers = fresh.map(({ line, value }) => ({ line, place: placeOf(value), kind: value.kind }));
    const doubts = await doubtsIn(context.sure ? [] : strangers, context);
    return rows.map(({ line, value }): RowOutcome => {
      const entry = there.get(unitKey(site, placeOf(value)).sk);
      const doubt = doubts.get(line);
      if (!entry) return doubt ? [doubt] : 'new';
      const differs = differencesFrom(entry, factsOf(value)).map(([field, as]) => ({
        line,
        field,
        rule: 'import.exists-as',
        details: { there: as },
      }));
      return differs.length > 0 ? differs : 'same';
    });
  },

  write(rows, context) {
    const { registry, site, now, random } = context;
    const steps = rows.map(({ value }) => {
      const current = { site, id: newId('unit', now, random), version: 0, state: undefined };
      return step(registry.units, context, current, register(undefined, factsOf(value), undefined), publishUnit);
    });
    return commit(context, steps);
  },
};
