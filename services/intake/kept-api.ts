import { keptRoute } from '../../shared/forgetting/kept.ts';
import type { Deps } from './api.ts';
import type { Contact } from './contact.ts';
import { contactSight } from './view.ts';

export const keptRoutes = [
  keptRoute<Deps>('intake', "A person's contacts and all that was said in them (PIPL art. 45)", {
    journals: ({ contacts }) => [contacts],
    seesWho: (state: Contact, actor) => contactSight(state, actor).who,
  }),
];
