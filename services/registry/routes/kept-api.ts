import { keptRoute } from '../../../shared/forgetting/kept.ts';
import { holdingKey } from '../unit.ts';
import type { Deps } from './deps.ts';

/** Units held by one person. */
const HELD_MAX = 100;

export const keptRoutes = [
  keptRoute<Deps>('registry', 'Who a person is to us: name, contact ways, units, and how that changed (PIPL art. 45)', {
    journals: () => [],
    seesWho: () => true,
    async first({ registry }, site, parties) {
      const held = await Promise.all(
        parties.map((party) => registry.publishedPage(holdingKey(site, party, '').pk, HELD_MAX)),
      );
      const units = [...new Set(held.flatMap(({ items }) => items.map(({ sk }) => sk)))];
      const about = (data: unknown) => parties.includes((data as { party?: string }).party ?? '');
      return Promise.all([
        ...(await registry.parties.heads(site, parties)).map(async (current) => ({
          theirs: { journal: registry.parties, current },
          events: await registry.parties.whole(site, current.id),
        })),
        ...(await registry.units.heads(site, units)).map(async (current) => ({
          theirs: { journal: registry.units, current },
          events: (await registry.units.whole(site, current.id)).filter(({ data }) => about(data)),
        })),
      ]);
    },
  }),
];
