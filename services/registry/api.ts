import type { Route } from '../../shared/http/route.ts';
import { importRoutes } from './imports/routes.ts';
import type { Deps } from './routes/deps.ts';
import { bookRoutes } from './routes/index.ts';

export { bookRoutes, importRoutes };

/** All of the registry's routes, whichever function serves them. */
export const routes: Route<Deps>[] = [...bookRoutes, ...importRoutes];
