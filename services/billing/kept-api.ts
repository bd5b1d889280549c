import { type KeptDeps, keptRoute } from '../../shared/forgetting/kept.ts';
import type { AnyJournal } from '../../shared/forgetting/theirs.ts';

export interface Deps extends KeptDeps {
  /** Whatever is of a person (`kept.ts`). */
  theirs: readonly AnyJournal[];
}

export const keptRoutes = [
  keptRoute<Deps>(
    'billing',
    "A person's accounts with every bill and payment, letters, paid services, and money that came in their name (PIPL art. 45)",
    { journals: ({ theirs }) => theirs, seesWho: () => true },
  ),
];
