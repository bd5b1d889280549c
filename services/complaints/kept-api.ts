import type { Directory } from '../../shared/directory/units.ts';
import { keptRoute } from '../../shared/forgetting/kept.ts';
import type { Deps as ApiDeps } from './api.ts';
import type { Complaint } from './complaint.ts';
import { complaintSight } from './view.ts';

export interface Deps extends ApiDeps {
  directory: Directory;
}

export const keptRoutes = [
  keptRoute<Deps>('complaints', "A person's complaints and all that was said of them (PIPL art. 45)", {
    journals: ({ complaints }) => [complaints],
    seesWho: (state: Complaint, actor) => complaintSight(state, actor).who,
  }),
];
