import { newId } from '../../../../shared/ids.ts';
import { type UnitEntry, type UnitFacts, unitKey } from '../../../../shared/units.ts';
import { needsArea, publishUnit, register, sameFacts } from '../../unit.ts';
import { commit, step } from '../batch.ts';
import { area, label, oneOf } from '../columns.ts';
import type { Importer, Verdict } from '../importer.ts';

const LABEL_MAX = 40;

/** As people write it: the area in m² on the sheet, in millionths once read. */
type UnitRow = Omit<UnitFacts, 'areaMicro'> & { area: number };
const factsOf = ({ area: areaMicro, ...rest }: UnitRow): UnitFacts => ({ ...rest, areaMicro });

/** Units (房屋). */
export const units: Importer<UnitRow> = {
  columns: {
    building: { titles: ['楼栋', '楼号', '栋号', '幢号', '栋', '幢', 'community', '小区'], read: label(LABEL_MAX) },
    number: { titles: ['unit', 'room', '房号', '房间号', '室号', '门牌号'], read: label(LABEL_MAX) },
    kind: {
      titles: ['类型', '房屋类型', '用途', '类别'],
      read: oneOf([
        ['flat', '住宅', 'flat'],
        ['shop', '商铺', 'shop', '底商'],
        ['office', '办公', 'office', '写字楼'],
        ['space', '车位', 'space', 'parking'],
      ]),
      empty: { value: 'flat' },
    },
    area: { titles: ['aream2', '面积', '建筑面积', '计费面积'], read: area },
    state: {
      titles: ['状态', '房屋状态', '入住状态'],
      read: oneOf([
        ['occupied', '已入住', 'occupied', '入住'],
        ['vacant', '空置', 'vacant'],
        ['developer-held', '未售', 'developer-held', '开发商'],
      ]),
      empty: { value: 'occupied' },
    },
  },
  check: ({ line, value }) => (needsArea(factsOf(value)) ? [{ line, field: 'area', rule: 'import.area-needed' }] : []),
  key: ({ building, number }) => `${building}\n${number}`,

  async compare(rows, { registry, site }) {
    const items = await registry.publishedAll(rows.map(({ value }) => unitKey(site, value)));
    const there = new Map(items.map((item) => [item.sk, item as unknown as UnitEntry]));
    return rows.map(({ line, value }): Verdict => {
      const entry = there.get(unitKey(site, value).sk);
      if (!entry) return 'new';
      return sameFacts(entry, factsOf(value)) ? 'same' : [{ line, field: 'number', rule: 'import.exists' }];
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
