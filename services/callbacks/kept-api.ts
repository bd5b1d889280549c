import type { Directory } from '../../shared/directory/units.ts';
import { keptRoute } from '../../shared/forgetting/kept.ts';
import type { Deps as ApiDeps } from './api.ts';
import type { Callback } from './callback.ts';
import { callbackSight } from './view.ts';

export interface Deps extends ApiDeps {
  directory: Directory;
}

export const keptRoutes = [
  keptRoute<Deps>('callbacks', 'How a person was called back, and what they said then (PIPL art. 45)', {
    journals: ({ callbacks }) => [callbacks],
    seesWho: (state: Callback, actor) => callbackSight(state, actor).who,
  }),
];
