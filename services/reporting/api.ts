import type { Route } from '../../shared/http/route.ts';
import { type Deps as Figures, figureRoutes } from './figures-api.ts';
import { type Deps as Rebuilding, rebuildRoutes } from './rebuild-api.ts';

/** Two functions serve them: whoever reads figures may neither write nor start anything. */
export const routes: Route<Figures & Rebuilding>[] = [...figureRoutes, ...rebuildRoutes];
