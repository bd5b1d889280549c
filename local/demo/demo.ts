import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { caller } from '../client.ts';
import { setFees } from './fees.ts';
import type { Lived } from './group.ts';
import { ADMIN, callersOf, type GroupSpec, type SiteSpec, setUp, staffOf } from './group.ts';
import { liveADay } from './life.ts';

const departments = [
  { id: 'engineering', name: '工程维修部' },
  { id: 'security', name: '秩序维护部' },
  { id: 'cleaning', name: '环境保洁部' },
  { id: 'finance', name: '财务部' },
];

const SITES: SiteSpec[] = [
  {
    id: 'lakeside',
    name: '翠湖花园',
    timeZone: 'Asia/Shanghai',
    departments,
    desk: { complaintPhone: '0571-0000 1234', address: '示例市示范区翠湖路 1 号，客服中心一层' },
    howToPay: ['银行转账：示例物业服务有限公司，账号见客服中心公示栏，请备注房号', '前台缴费：每日 8:30–17:30'],
  },
  {
    id: 'cloudrest',
    name: '云栖公馆',
    timeZone: 'Asia/Shanghai',
    departments,
    desk: { complaintPhone: '0571-0000 5678', address: '示例市示范区云栖路 8 号，大堂' },
    howToPay: ['前台缴费：每日 8:30–17:30，现金、刷卡、扫码均可'],
  },
  {
    id: 'westgate',
    name: 'Westgate Residence',
    timeZone: 'America/New_York',
    departments: [
      { id: 'engineering', name: 'Engineering' },
      { id: 'security', name: 'Security' },
      { id: 'cleaning', name: 'Cleaning' },
      { id: 'finance', name: 'Finance' },
    ],
    desk: { complaintPhone: '+1 555 0100', address: '1 Sample Street, front office' },
    howToPay: [
      'Bank transfer: account details at the front office; please give your unit',
      'At the front office: 9:00–17:00',
    ],
  },
];

const NAMES = [
  '示例·林一',
  '示例·沈二',
  '示例·韩三',
  '示例·宋四',
  '示例·陆五',
  '示例·程六',
  '示例·叶七',
  '示例·魏八',
  '示例·冯九',
];
const ENGLISH = [
  'Ann Sample',
  'Ben Sample',
  'Cleo Sample',
  'Dev Sample',
  'Eve Sample',
  'Finn Sample',
  'Gus Sample',
  'Hal Sample',
  'Ivy Sample',
];

/** The demo group: three sites with real flats' areas and plainly invented people. */
export const DEMO: GroupSpec = {
  name: '回音示范集团',
  sites: SITES,
  staff: [
    { sub: 'group-manager', name: '示例·群一', language: 'zh-CN', site: '*', role: 'group-manager' },
    { sub: 'quality-manager', name: '示例·品二', language: 'zh-CN', site: '*', role: 'quality-manager' },
    ...SITES.flatMap((site) =>
      site.timeZone === 'Asia/Shanghai'
        ? staffOf(site, site.id, NAMES, 'zh-CN')
        : staffOf(site, site.id, ENGLISH, 'en'),
    ),
  ],
};

const file = (name: string) => readFileSync(join(import.meta.dirname, 'data', name)).toString('base64');

/** Loads the demo group through the public API, once for a data folder; a start that died half-way goes on where it was. */
export const loadDemo = async (cloud: Lived, data: string, log: (line: string) => void): Promise<void> => {
  const marker = join(data, 'demo-loaded');
  if (existsSync(marker)) {
    log('the data of the last start is there (begin anew with --fresh)');
    return;
  }
  log('loading the demo group through the API …');
  await setUp(cloud, DEMO, log);
  const admin = caller(cloud.apiUrl, await cloud.token(ADMIN), 'en', cloud.fetch);
  const imports = SITES.map(async ({ id }) => {
    for (const kind of ['units', 'parties']) {
      const body = { kind, fileName: `${kind}-${id}.csv`, content: file(`${kind}-${id}.csv`), dryRun: false };
      const { accepted } = await admin.post(`/sites/${id}/imports`, body, `demo-${kind}-${id}`);
      log(`${id}: ${accepted} ${kind} imported`);
    }
  });
  await Promise.all(imports);
  const callers = callersOf(cloud);
  await liveADay(cloud, callers, 'lakeside', log);
  await setFees(cloud, callers, 'lakeside', log);
  writeFileSync(marker, '');
};
