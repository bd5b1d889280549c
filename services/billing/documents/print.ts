import type { Directory } from '../../../shared/directory/units.ts';
import type { Access } from '../../../shared/people/access.ts';
import type { PersonalReader } from '../../../shared/people/personal.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import type { Clock } from '../../../shared/time/clock.ts';
import type { ItemNames } from './labels.ts';

/** What receipts and statements are put into words with. */
export interface PrintDeps {
  directory: Directory;
  personal: PersonalReader;
  policies: Policies;
  access: Access;
  clock: Clock;
  /** Names of a site's fee items. */
  names(site: string): Promise<ItemNames>;
}
