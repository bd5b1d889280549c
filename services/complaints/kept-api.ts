import { keptRoute } from '../../shared/forgetting/kept.ts';
import type { Directory } from '../../shared/units.ts';
import type { Deps as ApiDeps } from './api.ts';

export interface Deps extends ApiDeps {
  directory: Directory;
}

export const keptRoutes = [
  keptRoute<Deps>('complaints', "A person's complaints and all that was said of them (PIPL art. 45)", {
    journals: ({ complaints }) => [complaints],
  }),
];
