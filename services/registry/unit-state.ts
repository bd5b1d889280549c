import type { UnitFacts, UnitPayer } from '../../shared/directory/units.ts';
import type { PersonalRef } from '../../shared/domain/events.ts';
import type { Day } from '../../shared/time/clock.ts';
import type { RELATIONS } from './events.ts';
import type { Trace } from './party.ts';

/** What a party is to a unit. */
export interface UnitLink {
  party: string;
  relation: (typeof RELATIONS)[number];
  payer: boolean;
  /** The site-local day from which it is so; of a payer, absent means from the beginning. */
  since?: Day | undefined;
}
/** What fees attach to (房屋). */
export interface Unit extends UnitFacts {
  parties: UnitLink[];
  /** Who pays from when on; the last is the party marked as payer. */
  payers: UnitPayer[];
  /** Of parties that were merged: who holds the unit in their place. An account goes on under its own id. */
  merged?: Record<string, Moved>;
  /** It was entered by mistake. */
  withdrawn?: Trace & { reason: PersonalRef };
  owed: [];
}

/** A party of a unit that was merged: what that did to the unit, to be undone. */
export interface Moved {
  /** Who holds the unit in its place by now, and into whom it went itself. */
  into: string;
  parent: string;
  /** What it was to the unit; nothing where it held it by those that were merged into it alone. */
  link?: UnitLink | undefined;
  /** Of the first that went into somebody: what that one was to the unit of its own. */
  own?: UnitLink | undefined;
}
