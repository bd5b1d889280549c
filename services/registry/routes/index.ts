import type { Route } from '../../../shared/http/route.ts';
import { absenceRoutes } from './absences.ts';
import { contactRoutes } from './contacts.ts';
import type { Deps } from './deps.ts';
import { groupRoutes } from './group.ts';
import { holderRoutes } from './holders.ts';
import { keptRoutes } from './kept-api.ts';
import { meRoutes } from './me.ts';
import { mergeRoutes } from './merge.ts';
import { partyRoutes } from './parties.ts';
import { policyRoutes } from './policy.ts';
import { restrictRoutes } from './restrict.ts';
import { signInRoutes } from './sign-in.ts';
import { siteRoutes } from './sites.ts';
import { staffRoutes } from './staff.ts';
import { unitRoutes } from './units.ts';
import { unmergeRoutes } from './unmerge.ts';
import { withdrawRoutes } from './withdraw.ts';

/** What the `api` function serves; imports have a function of their own, with the time and memory they need. */
export const bookRoutes: Route<Deps>[] = [
  ...groupRoutes,
  ...siteRoutes,
  ...policyRoutes,
  ...unitRoutes,
  ...holderRoutes,
  ...partyRoutes,
  ...contactRoutes,
  ...mergeRoutes,
  ...unmergeRoutes,
  ...withdrawRoutes,
  ...meRoutes,
  ...staffRoutes,
  ...absenceRoutes,
  ...signInRoutes,
  ...keptRoutes,
  ...restrictRoutes,
];
