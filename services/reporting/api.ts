import type { Route } from '../../shared/http/route.ts';
import { type Deps as Rebuilding, rebuildRoutes } from './audit/rebuild-api.ts';
import { type Deps as Collecting, collectionRoutes } from './collections/api.ts';
import { arrearsRoutes } from './collections/arrears/api.ts';
import { type Deps as Figures, figureRoutes } from './figures/api.ts';
import { type Deps as Closing, monthRoutes } from './months/api.ts';
import { type Deps as Issuing, routes as reportRoutes } from './reports/api.ts';
import { type Deps as Improving, routes as improvementRoutes } from './reports/improvements/api.ts';
import { type Deps as Printing, routes as printRoutes } from './reports/print-api.ts';
import { type Deps as Serving, serviceRoutes } from './service-figures/api.ts';
import { assessmentRoutes } from './service-figures/assessment-api.ts';

/** Several functions serve them: whoever reads figures may neither write, sign nor start anything. */
export type ReadingDeps = Figures & Collecting;

export const routes: Route<ReadingDeps & Serving & Closing & Rebuilding & Issuing & Printing & Improving>[] = [
  ...figureRoutes,
  ...collectionRoutes,
  ...arrearsRoutes,
  ...serviceRoutes,
  ...assessmentRoutes,
  ...monthRoutes,
  ...rebuildRoutes,
  ...reportRoutes,
  ...printRoutes,
  ...improvementRoutes,
];
