import { caller } from '../client.ts';
import { ADMIN, type GroupSpec, type Lived, setUp, staffOf } from '../demo/group.ts';
import { addressOf, type UnitRow } from './rows.ts';

/** The zone of the billed sites. */
export const ZONE = 'Asia/Shanghai';
const MAX_LABEL = 40;

export const siteIdOf = (site: string): string => `site-${site}`;

/** A building's label in the registry: its name where it can be one, else its number among the file's names. */
export const labelsOf = (rows: readonly UnitRow[]): Map<string, string> => {
  const names = [...new Set(rows.map(({ building }) => building))];
  const sound = (name: string) => name.length <= MAX_LABEL && /[\p{L}\p{N}]/u.test(name) && !/[\p{C}]/u.test(name);
  return new Map(names.map((name, i) => [name, sound(name) ? name : `building ${i + 1}`]));
};

const groupOf = (rows: readonly UnitRow[]): GroupSpec => {
  const names = [...new Set(rows.map(({ site }) => site))];
  const sites = names.map((name) => ({
    id: siteIdOf(name),
    name: `项目 ${name}`,
    timeZone: ZONE,
    departments: [{ id: 'finance', name: '财务部' }],
    desk: { complaintPhone: '010-0000 0000', address: '客服中心' },
    howToPay: ['前台缴费：每日 8:30–17:30'],
  }));
  const head = (sub: string, role: string) => ({ sub, name: `示例 ${sub}`, language: 'en' as const, site: '*', role });
  return {
    name: 'Bills',
    sites,
    staff: [
      head('group-manager', 'group-manager'),
      head('quality-manager', 'quality-manager'),
      ...sites.flatMap((site) => staffOf(site, site.id, ['示例'], 'zh-CN')),
    ],
  };
};

/** An address as the mailbox simulator knows it; `undefined` where the payer has none. */
const emailOf = (row: UnitRow): string | undefined => {
  const address = addressOf(row);
  if (address === 'none') return undefined;
  return address === 'bounces' ? `bounce+${row.r}@simulator.amazonses.com` : `payer-${row.r}@owners.example.com`;
};

const csv = (header: string, lines: readonly (readonly (string | undefined)[])[]) =>
  Buffer.from(
    [header, ...lines.map((line) => line.map((cell = '') => `"${cell.replaceAll('"', '""')}"`).join(','))].join('\n'),
  ).toString('base64');

/** Sets sites, units, payers and a fee schedule up through the public API, as a group would that takes Huiyin on. */
export const setUpSites = async (
  cloud: Lived,
  rows: readonly UnitRow[],
  { rate, from }: { rate: string; from: string },
  progress: (line: string) => void,
): Promise<void> => {
  const group = groupOf(rows);
  await setUp(cloud, group, progress);
  const labels = labelsOf(rows);
  const admin = caller(cloud.apiUrl, await cloud.token(ADMIN));
  for (const [name, some] of Map.groupBy(rows, ({ site }) => site)) {
    const site = siteIdOf(name);
    const place = ({ building, r }: UnitRow) => [labels.get(building), String(r)];
    const units = csv(
      'building,unit,area',
      some.map((row) => [...place(row), row.area]),
    );
    const parties = csv(
      '楼栋,房号,姓名,邮箱,缴费人,语言',
      some.map((row) => [...place(row), `示例业主 ${row.r}`, emailOf(row), '是', row.r % 2 === 0 ? '英文' : '中文']),
    );
    for (const [kind, content] of [
      ['units', units],
      ['parties', parties],
    ] as const) {
      const body = { kind, fileName: `${kind}.csv`, content, dryRun: false };
      const { accepted, bad } = await admin.post(`/sites/${site}/imports`, body, `bills-${kind}-${name}`);
      if (accepted !== some.length) throw new Error(`${kind} of ${site}: ${JSON.stringify(bad)}`);
    }
    const management = {
      code: 'management',
      names: { zh: '物业服务费', en: 'Management fee' },
      basis: 'area',
      rates: [{ rate }],
      cycle: 'monthly',
    };
    await admin.post(`/sites/${site}/fees`, { effective: from, items: [management] }, `bills-fees-${name}`);
    progress(`${site}: ${some.length} units with their payers`);
  }
  await cloud.clock.settle();
};
