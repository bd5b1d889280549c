import { ADMIN } from '../../local/demo/group.ts';
import type { MemoryCloud } from '../../local/in-memory/cloud.ts';
import type { Chance } from '../../local/in-memory/random.ts';
import { type Day, localDay } from '../../shared/time/clock.ts';
import type { Ask } from './api.ts';

const ZONES = ['Asia/Shanghai', 'Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Pacific/Auckland'];
/** How often sites bill, from their first month on. */
const CYCLES = ['monthly', 'quarterly', 'quarterly', 'quarterly', 'yearly', 'yearly', 'yearly', 'yearly'];
/** Whoever bills less often does it for the first time within so many months. */
const FIRST_WITHIN = 4;
/** A site has at least so many units; less isn't a site-year. */
export const UNITS = 60;

export interface Site {
  id: string;
  zone: string;
  /** Who works there, by what they do. */
  staff: Record<
    'agent' | 'agent2' | 'supervisor' | 'manager' | 'director' | 'engineering' | 'security' | 'finance',
    string
  >;
  staffIds: string[];
  /** How people write their flats to the bank, by unit. */
  homes: Map<string, string>;
}

const DEPARTMENTS = ['engineering', 'security', 'finance'];

/** What failed of what has to work before anything is simulated. */
const must = async (ask: Ask, ...of: Parameters<Ask>) => {
  const { status, body } = await ask(...of);
  if (status >= 300) throw new Error(`${of[1]} ${of[2]}: ${status} ${JSON.stringify(body)}`);
  return body;
};

/** A file as an office sends it. */
const csv = (head: string, rows: readonly string[]): string =>
  Buffer.from([head, ...rows].join('\n')).toString('base64');

/** Enters a group of so many sites through the API, as an administrator would: people, flats, who pays, fees from this month on. */
export const enterGroup = async (cloud: MemoryCloud, ask: Ask, sites: number, chance: Chance): Promise<Site[]> => {
  let keys = 0;
  const key = () => `setup-${++keys}`;
  await must(ask, ADMIN, 'PUT', '/group', { name: 'Simulated' }, key());
  const enter = async (subject: string, grants: object[]) => {
    const person = { name: subject, email: `${subject}@staff.example.com`, language: chance.oneIn(2) ? 'en' : 'zh-CN' };
    return (await must(ask, ADMIN, 'POST', '/staff', { ...person, subject, grants }, key())).id as string;
  };
  await enter('group-manager', [{ site: '*', role: 'group-manager' }]);
  await enter('quality-manager', [{ site: '*', role: 'quality-manager' }]);
  const made: Site[] = [];
  for (let n = 1; n <= sites; n++) {
    const id = `site-${n}`;
    const zone = chance.pick(ZONES);
    const departments = DEPARTMENTS.map((one) => ({ id: one, name: one }));
    await must(ask, ADMIN, 'POST', '/sites', { id, name: `Site ${n}`, timeZone: zone, departments }, key());
    const staffIds: string[] = [];
    const staff = {} as Site['staff'];
    const roles: [keyof Site['staff'], object][] = [
      ['agent', { role: 'agent' }],
      ['agent2', { role: 'agent' }],
      ['supervisor', { role: 'supervisor' }],
      ['manager', { role: 'centre-manager' }],
      ['director', { role: 'site-director' }],
      ...DEPARTMENTS.map((department) => [department, { role: 'department-head', department }] as never),
    ];
    for (const [name, grant] of roles) {
      staff[name] = `${id}-${name}`;
      staffIds.push(await enter(staff[name], [{ site: id, ...grant }]));
    }
    const homes = Array.from({ length: UNITS }, (_, i) => ({ building: 1 + (i % 4), number: 101 + Math.floor(i / 4) }));
    const place = ({ building, number }: (typeof homes)[number]) => `${building},${number}`;
    const files = [
      [
        'units',
        csv(
          'building,unit,area',
          homes.map((home, i) => `${place(home)},${60 + (i % 50)}.${i % 9}1`),
        ),
      ],
      // Most have no email; some own two flats.
      [
        'parties',
        csv(
          '楼栋,房号,姓名,邮箱,缴费人,语言',
          homes.map((home, i) => {
            const owner = i % 9 === 8 ? i - 1 : i;
            return `${place(home)},示例业主 ${owner},${owner % 3 === 0 ? `o${n}-${owner}@owners.example` : ''},是,${owner % 2 ? '中文' : '英文'}`;
          }),
        ),
      ],
    ] as const;
    for (const [kind, content] of files) {
      const done = await must(
        ask,
        ADMIN,
        'POST',
        `/sites/${id}/imports`,
        { kind, fileName: `${kind}.csv`, content, dryRun: false },
        key(),
      );
      if (done.accepted !== UNITS) throw new Error(`${kind} of ${id}: ${JSON.stringify(done.bad)}`);
    }
    const effective = `${localDay(cloud.clock.now(), zone).slice(0, 7)}-01` as Day;
    const items = [
      {
        code: 'management',
        names: { zh: '物业管理费', en: 'Management fee' },
        basis: 'area',
        rates: [{ rate: '2.85' }],
        dueDay: 10,
        cycle: chance.pick(CYCLES),
        firstMonth: 1 + ((Number(effective.slice(5, 7)) - 1 + chance.below(FIRST_WITHIN)) % 12),
      },
    ];
    await must(ask, staff.manager, 'POST', `/sites/${id}/fees`, { effective, items }, key());
    const units = await must(ask, ADMIN, 'GET', `/sites/${id}/units?limit=100`);
    const written = (units.items as { id: string; building: string; number: string }[]).map(
      (unit) => [unit.id, `${unit.building}-${unit.number}`] as const,
    );
    made.push({ id, zone, staff, staffIds, homes: new Map(written) });
    await cloud.clock.settle();
  }
  return made;
};
