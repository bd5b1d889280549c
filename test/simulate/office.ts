import { ADMIN } from '../../local/demo/group.ts';
import type { Site } from './group.ts';
import type { Life } from './life.ts';

const POLICIES: object[] = [
  { callbackHours: 24 },
  { dunReminderDays: 5 },
  { dunFriendlyDays: 2, dunReminderDays: 9 },
  { resolveHours: 48 },
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
