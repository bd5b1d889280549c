import { derivedId } from '../../../../shared/domain/ids.ts';
import type { Policies } from '../../../../shared/policy/policies.ts';
import type { Clock } from '../../../../shared/time/clock.ts';
import { everySite } from '../../figures/contract.ts';
import { type Beginning, begin } from '../rebuild.ts';
import { nightOf, sampleOf } from './pick.ts';

export interface Deps extends Beginning {
  policies: Policies;
  clock: Clock;
}

/**
 * In: nothing but the time, every hour. Out: the night's sample is started, once a night however often it is asked, and told
 * again as long as nothing of it is done; a night nobody asked in is left out, the next one looks at as much.
 */
export const startNight =
  ({ clock, policies, ...deps }: Deps) =>
  async (): Promise<void> => {
    const now = clock();
    const night = nightOf(now);
    const id = derivedId('rebuild', `_night-${night}`);
    const stands = await deps.rebuilds.read(id);
    if (stands?.spread) return;
    const sites = (await everySite(policies)).map(({ site }) => site);
    if (sites.length === 0) return;
    const asker = 'system:clock';
    await begin(deps, { id, repair: false, startedAt: now, asker, body: '', sample: sampleOf(night, sites) });
  };
