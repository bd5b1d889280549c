import type { UnitEntry } from '../../../shared/directory/units.ts';
import type { Month } from '../../../shared/time/month.ts';
import { ZONE } from '../accounts/testing.ts';
import { type BillingPlan, planOf } from './plan.ts';
import type { Particulars } from './price.ts';
import type { FeeItem, ScheduleVersion } from './schedule.ts';

/** 物业管理费: 2.85 yuan a m² and month. */
export const item = (over: Partial<FeeItem> = {}): FeeItem => ({
  code: 'management',
  names: { zh: '物业管理费', en: 'Management fee' },
  basis: 'area',
  rates: [{ rate: '2.85' }],
  cycle: 'monthly',
  firstMonth: 1,
  rounding: 'half-up',
  prorated: true,
  ...over,
});

/** Versions from the days they begin. */
export const schedule = (...versions: [effective: string, ...items: FeeItem[]][]): ScheduleVersion[] =>
  versions.map(([effective, ...items], i) => ({ version: i + 1, effective, items }));

export const always = (...items: FeeItem[]) => schedule(['2000-01-01', ...items]);

/** What a month's run bills, made on the first of it; due on the 10th. */
export const plan = (versions: ScheduleVersion[], month: Month, today = `${month}-01`): BillingPlan =>
  planOf(versions, month, { today, zone: ZONE, dueDay: 10 });

/** A flat of 89.12 m² whose owner has always paid. */
export const flat = (over: Partial<UnitEntry> = {}): UnitEntry => ({
  unit: 'unt_1',
  building: 'A',
  number: '101',
  kind: 'flat',
  areaMicro: 89_120_000,
  state: 'occupied',
  holders: 1,
  payer: 'pty_1',
  payers: [{ party: 'pty_1' }],
  ...over,
});

export const known = (over: Partial<Particulars> = {}): Particulars => ({
  discounts: [],
  readings: new Map(),
  shares: new Map(),
  ...over,
});
