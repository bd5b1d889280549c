import { ADMIN } from '../../local/demo/group.ts';
import type { Site } from './group.ts';
import type { Life } from './life.ts';

const POLICIES: object[] = [
  { callbackHours: 24 },
  { acceptMinutes: 30 },
  { handOverMinutes: 10, acceptMinutes: 45 },
  { dunReminderDays: 5 },
  { dunReminderDays: 6, resolveHours: 20 },
  {},
];

/** The site gets another policy. */
export const changesPolicy = (life: Life, site: Site) =>
  life.does(ADMIN, `/sites/${site.id}/policies`, { overrides: life.chance.pick(POLICIES) });

/** An agent leaves, and comes back another day. */
export const staffMoves = async (life: Life, site: Site): Promise<void> => {
  const staff = site.staffIds[life.chance.below(2)];
  await life.does(ADMIN, `/staff/${staff}/deactivate`, {});
  life.after(
    (1 + life.chance.below(72)) * 3_600_000,
    async () => void (await life.does(ADMIN, `/staff/${staff}/activate`, {})),
  );
};

/** A flat is sold: somebody else pays for it from a day on. */
export const sells = async (life: Life, site: Site, since: string): Promise<void> => {
  const units = (await life.reads(ADMIN, `/sites/${site.id}/units?limit=100`))?.items ?? [];
  if (units.length === 0) return;
  const { id: unit } = life.chance.pick<{ id: string }>(units);
  const party = await life.does(ADMIN, `/sites/${site.id}/parties`, { name: 'Buyer', contacts: [] });
  if (party)
    await life.does(ADMIN, `/sites/${site.id}/units/${unit}/parties`, {
      party: party.id,
      relation: 'owner',
      payer: true,
      since,
    });
};

/** Somebody wants what is kept of them erased; another decides. */
export const erases = async (life: Life, site: Site): Promise<void> => {
  const { chance } = life;
  const parties = (await life.reads(ADMIN, `/sites/${site.id}/parties?limit=100`))?.items ?? [];
  if (parties.length === 0) return;
  const { id: party } = chance.pick<{ id: string }>(parties);
  const asked = await life.does(site.staff.manager, `/sites/${site.id}/erasures`, { party, reason: 'They ask.' });
  if (!asked) return;
  const path = `/sites/${site.id}/erasures/${asked.id}`;
  await life.wrongly(site.staff.manager, `${path}/confirm`, {});
  life.after((1 + chance.below(60)) * 3_600_000, async () => {
    if (chance.oneIn(2)) await life.does(site.staff.director, `${path}/confirm`, {});
    else await life.does(site.staff.director, `${path}/refuse`, { reason: 'They take it back.' });
  });
};
