import { localDay } from '../../shared/time/clock.ts';
import type { Caller } from '../client.ts';
import type { Lived } from './group.ts';

const management = (rate: string, vacant: string) => ({
  code: 'management',
  names: { zh: '物业管理费', en: 'Management fee' },
  basis: 'area',
  rates: [{ rate: vacant, states: ['vacant'] }, { rate }],
});
const SANITATION = {
  code: 'sanitation',
  names: { zh: '卫生费', en: 'Sanitation' },
  basis: 'flat',
  rates: [{ rate: '10', states: ['occupied'] }],
};
const PARKING = {
  code: 'parking',
  names: { zh: '车位管理费', en: 'Parking' },
  basis: 'space',
  rates: [{ rate: '80' }],
};
/** What each site charges: by area less for an empty flat, and small change. */
const FEES: Record<string, object[]> = {
  lakeside: [management('2.85', '1.995'), SANITATION, PARKING],
  cloudrest: [management('3.6', '3.6'), SANITATION, PARKING],
  westgate: [management('12.5', '10'), PARKING],
};

/** Where the site lies whose bills are issued. */
const ZONE = 'Asia/Shanghai';

/** Sets what every site charges, and issues this month's bills at one of them: its owners get their notices. */
export const setFees = async (
  cloud: Lived,
  callers: (sub: string) => Promise<Caller>,
  billed: string,
  log: (line: string) => void,
) => {
  const period = localDay(cloud.clock.now(), ZONE).slice(0, 7);
  const effective = `${period.slice(0, 4)}-01-01`;
  for (const [site, items] of Object.entries(FEES)) {
    const manager = await callers(`${site}-manager`);
    await manager.post(`/sites/${site}/fees`, { effective, items }, `demo-fees-${site}`);
  }
  const manager = await callers(`${billed}-manager`);
  await manager.post(`/sites/${billed}/runs`, { period }, `demo-run-${billed}`);
  await cloud.clock.settle();
  const { status, totals, notices } = await manager.get(`/sites/${billed}/runs/run_${period}`);
  log(`${billed}: bill run ${period} ${status}: ${totals.bills} bills, ${notices} notices`);
};
