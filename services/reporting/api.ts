import type { Route } from '../../shared/http/route.ts';
import { arrearsRoutes } from './arrears/api.ts';
import { type Deps as Collecting, collectionRoutes } from './collection/api.ts';
import { type Deps as Figures, figureRoutes } from './figures-api.ts';
import { type Deps as Closing, monthRoutes } from './months/api.ts';
import { type Deps as Rebuilding, rebuildRoutes } from './rebuild-api.ts';

/** Three functions serve them: whoever reads figures may neither write, sign nor start anything. */
export type ReadingDeps = Figures & Collecting;

export const routes: Route<ReadingDeps & Closing & Rebuilding>[] = [
  ...figureRoutes,
  ...collectionRoutes,
  ...arrearsRoutes,
  ...monthRoutes,
  ...rebuildRoutes,
];
