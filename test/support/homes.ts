import { fresh } from './keys.ts';
import type { World } from './world.ts';

/** A unit and who pays for it. */
export interface Home {
  unit: string;
  party: string;
}

export interface HomeFacts {
  number: string;
  building?: string;
  /** m². */
  area?: number;
  name?: string;
  /** Without one, what is for the payer goes on paper. */
  email?: string;
  /** Whether anybody pays for it yet. */
  pays?: boolean;
}

/** Somebody who can be written to. */
export const entersParty = async (world: World, name: string, email?: string, site = 'lakeside'): Promise<string> => {
  const contacts = email ? [{ way: 'email', value: email, purposes: ['fees'], consent: true }] : [];
  return (await (await world.as('admin')).post(`/sites/${site}/parties`, { name, contacts }, fresh())).id;
};

/** Who owns a unit, and pays for it since a day (from the beginning, or today, where none is said). */
export const links = async (world: World, { unit, party }: Home, since?: string, site = 'lakeside'): Promise<void> => {
  const link = { party, relation: 'owner', payer: true, ...(since === undefined ? {} : { since }) };
  await (await world.as('admin')).post(`/sites/${site}/units/${unit}/parties`, link, fresh());
};

/** A unit that nobody holds yet. */
export const entersUnit = async (world: World, building: string, number: string, site = 'lakeside'): Promise<string> =>
  (await (await world.as('admin')).post(`/sites/${site}/units`, { building, number, area: 60 }, fresh())).id;

/** A flat of 89.12 m², unless it says otherwise, with its owner. */
export const entersHome = async (world: World, facts: HomeFacts, site = 'lakeside'): Promise<Home> => {
  const { number, building = '1幢', area = 89.12, name = `示例业主${number}`, email, pays = true } = facts;
  const admin = await world.as('admin');
  const { id: unit } = await admin.post(`/sites/${site}/units`, { building, number, area }, fresh());
  const home = { unit, party: await entersParty(world, name, email, site) };
  if (pays) await links(world, home, undefined, site);
  return home;
};

/** What a site charges from 2026 on: 2.85 yuan a m² and month. A home of 89.12 m² pays ¥253.99, one of 100 m² ¥285. */
export const chargesByArea = async (world: World, due: { dueDay?: number } = {}, site = 'lakeside'): Promise<void> => {
  const names = { zh: '物业管理费', en: 'Management fee' };
  const items = [{ code: 'management', names, basis: 'area', rates: [{ rate: '2.85' }], ...due }];
  const manager = await world.as(`${site}-manager`);
  await manager.post(`/sites/${site}/fees`, { effective: '2026-01-01', items }, fresh());
};
