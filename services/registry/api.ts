import type { Route } from '../../shared/http/route.ts';
import type { Deps } from './routes/deps.ts';
import { groupRoutes } from './routes/group.ts';
import { partyRoutes } from './routes/parties.ts';
import { siteRoutes } from './routes/sites.ts';
import { staffRoutes } from './routes/staff.ts';
import { unitRoutes } from './routes/units.ts';

export const routes: Route<Deps>[] = [...groupRoutes, ...siteRoutes, ...unitRoutes, ...partyRoutes, ...staffRoutes];
