import { newId } from '../../../../shared/ids.ts';
import type { Place } from '../../../../shared/place.ts';
import { type UnitEntry, type UnitFacts, unitKey } from '../../../../shared/units.ts';
import { needsArea, publishUnit, register, sameFacts } from '../../unit.ts';
import { commit, step } from '../batch.ts';
import { area, oneOf } from '../columns.ts';
import type { Importer, Verdict } from '../importer.ts';
import { type PlaceCells, placeColumns, placesOf, saidOnce, unplaced } from '../places.ts';

/** As people write it: the place as its cells say it, the area in m² on the sheet, in millionths once read. */
type UnitRow = PlaceCells & Pick<UnitFacts, 'kind' | 'state'> & { area: number };
const placeOf = (row: UnitRow) => placesOf(row)[0] as Place;
const factsOf = (row: UnitRow): UnitFacts => ({
  ...placeOf(row),
  kind: row.kind,
  state: row.state,
  areaMicro: row.area,
});

/** Units (房屋). */
export const units: Importer<UnitRow> = {
  columns: {
    ...placeColumns,
    kind: {
      titles: ['类型', '房屋类型', '用途', '房屋用途', '类别', '性质', '房屋性质', '物业类型', '业态'],
      read: oneOf([
        ['flat', '住宅', 'flat', '住房', '公寓', '高层', '小高层', '多层', '洋房', 'apartment'],
        ['villa', '别墅', 'villa', '联排', '叠墅', '排屋', 'house'],
        ['shop', '商铺', 'shop', '底商', '商业', '门面', '门面房', '店面', '店铺', '门市', '商业用房', 'retail'],
        ['office', '办公', 'office', '写字楼', '办公室', '办公用房', '商务'],
        [
          'space',
          '车位',
          'space',
          'parking',
          '地下车位',
          '地上车位',
          '停车位',
          '车库',
          '地下车库',
          '产权车位',
          '人防车位',
        ],
        ['storage', '储藏室', 'storage', '储藏间', '储物间', '贮藏室', '仓库', '地下室', '杂物间'],
      ]),
      empty: { value: 'flat' },
    },
    area: {
      titles: ['收费面积', '计费面积', '收费建筑面积', '计费建筑面积'],
      otherwise: ['aream2', '建筑面积', '建面', '面积', '房屋面积', '产权面积', '套内面积', '套内建筑面积', '使用面积'],
      read: area,
    },
    state: {
      titles: ['状态', '房屋状态', '入住状态', '使用状态'],
      read: oneOf([
        ['occupied', '已入住', 'occupied', '入住', '自住', '自用', '出租', '已租', '在用', '使用中'],
        ['vacant', '空置', 'vacant', '未入住', '空房', '空关', '闲置'],
        ['developer-held', '未售', 'developer-held', '开发商', '未交付', '待售'],
      ]),
      empty: { value: 'occupied' },
    },
  },
  beside: saidOnce,
  check: ({ line, value }) => {
    const nowhere = unplaced({ line, value });
    if (nowhere.length > 0) return nowhere;
    return needsArea(factsOf(value)) ? [{ line, field: 'area', rule: 'import.area-needed' }] : [];
  },
  key: (row) => unitKey('', placeOf(row)).sk,

  async compare(rows, { registry, site }) {
    const items = await registry.publishedAll(rows.map(({ value }) => unitKey(site, placeOf(value))));
    const there = new Map(items.map((item) => [item.sk, item as unknown as UnitEntry]));
    return rows.map(({ line, value }): Verdict => {
      const entry = there.get(unitKey(site, placeOf(value)).sk);
      if (!entry) return 'new';
      const { kind, state, areaMicro } = factsOf(value);
      const same = sameFacts(entry, { ...entry, kind, state, areaMicro });
      return same ? 'same' : [{ line, field: 'number', rule: 'import.exists' }];
    });
  },

  write(rows, ground) {
    const { registry, site, now, chance } = ground;
    const steps = rows.map(({ value }) => {
      const current = { site, id: newId('unit', now, chance), version: 0, state: undefined };
      return step(registry.units, ground, current, register(undefined, factsOf(value), undefined), publishUnit);
    });
    return commit(ground, steps);
  },
};
