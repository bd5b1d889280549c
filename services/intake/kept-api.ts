import { keptRoute } from '../../shared/forgetting/kept.ts';
import type { Deps } from './api.ts';

export const keptRoutes = [
  keptRoute<Deps>('intake', "A person's contacts and all that was said in them (PIPL art. 45)", {
    journals: ({ contacts }) => [contacts],
  }),
];
