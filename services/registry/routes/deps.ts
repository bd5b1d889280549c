import type { Directory } from '../../../shared/directory/units.ts';
import type { Random } from '../../../shared/domain/ids.ts';
import type { AccessOfAdmin } from '../../../shared/people/access.ts';
import type { PersonalReader } from '../../../shared/people/personal.ts';
import type { Role } from '../../../shared/people/positions.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import type { Clock } from '../../../shared/time/clock.ts';
import type { Registry } from '../store.ts';

export interface Deps {
  registry: Registry;
  policies: Policies;
  directory: Directory;
  personal: PersonalReader;
  access: AccessOfAdmin;
  clock: Clock;
  random: Random;
}

/** Who keeps a site's books; whoever else works there reads them. */
export const KEEPERS: Role[] = ['administrator', 'site-director'];
/** Who sees owners' names and numbers: the desk and who answers for it, not the departments. */
export const KNOWS_OWNERS: Role[] = [
  'agent',
  'supervisor',
  'centre-manager',
  'site-director',
  'quality-manager',
  'administrator',
];
