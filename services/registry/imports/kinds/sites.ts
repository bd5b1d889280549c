import { type SiteFacts, siteKey } from '../../../../shared/policy/policy.ts';
import type { ReadCell } from '../../../../shared/sheet/read/cells.ts';
import { newSiteId } from '../../routes/sites.ts';
import { open, publishSite } from '../../site.ts';
import { commit, step } from '../batch.ts';
import { as, type CellFault, fault, text, zone } from '../cells.ts';
import type { Importer, RowOutcome } from '../importer.ts';

interface SiteRow {
  id: string;
  name: string;
  timeZone: string;
  departments: { id: string; name: string }[];
}

const DEPARTMENTS_MAX = 50;

/** `engineering:工程部; security:秩序部`; a department without an id goes by its name. */
const departments = (cell: string, { turned }: Pick<ReadCell, 'turned'>): SiteRow['departments'] | CellFault => {
  if (turned) return fault('field.no-turning');
  const all = cell
    .normalize('NFKC')
    .split(/[;,、]/)
    .map((one) => one.split(':').map((part) => part.trim()))
    .filter(([id]) => id !== '')
    .map(([id = '', name = id]) => ({ id, name }));
  const ids = new Set(all.map(({ id }) => id));
  const sound = all.every(({ id, name }) => /^[\p{L}\p{N}_-]{1,60}$/u.test(id) && name !== '' && name.length <= 60);
  return sound && ids.size === all.length && all.length <= DEPARTMENTS_MAX ? all : fault('import.departments');
};

/** As a sheet says it. */
const said = ({ name, timeZone, departments }: Pick<SiteFacts, 'name' | 'timeZone' | 'departments'>) => ({
  name,
  timeZone,
  departments: departments.map(({ id, name: called }) => `${id}:${called}`).join('; '),
});

/** Sites (项目). */
export const sites: Importer<SiteRow> = {
  columns: {
    id: {
      titles: ['site', 'siteid', 'siteno', 'sitecode', 'code', '编号', '项目编号'],
      read: as(newSiteId, 'import.id'),
    },
    name: { titles: ['名称', '项目名称', '项目', 'sitename', 'project', 'projectname'], read: text(100) },
    timeZone: { titles: ['时区', 'timezone'], read: zone },
    departments: { titles: ['部门', 'department', 'dept', 'depts'], read: departments, empty: { value: [] } },
  },
  key: ({ id }) => id,
  keyed: ['id'],

  async compare(rows, { registry }) {
    const items = await registry.publishedAll(rows.map(({ value }) => siteKey(value.id)));
    const there = new Map(items.map((item) => [item.sk, item as unknown as SiteFacts]));
    return rows.map(({ line, value }): RowOutcome => {
      const site = there.get(value.id);
      if (!site) return 'new';
      const differs = (['name', 'timeZone', 'departments'] as const).filter(
        (one) => said(site)[one] !== said(value)[one],
      );
      if (differs.length === 0) return 'same';
      return differs.map((field) => ({ line, field, rule: 'import.exists-as', details: { there: said(site)[field] } }));
    });
  },

  async write(rows, context) {
    const { registry } = context;
    const floor = await registry.floor();
    const steps = rows.map(({ value: { id, ...facts } }) => {
      const current = { site: id, id, version: 0, state: undefined };
      return step(registry.sites, context, current, open(undefined, facts, floor), publishSite);
    });
    await commit(context, steps);
  },
};
