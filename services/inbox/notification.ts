import type { Position } from '../../shared/people/positions.ts';
import type { Instant } from '../../shared/time/clock.ts';
import type { Said } from './notice.ts';

/** What an event says to whom. */
export interface Notification {
  said: Said;
  to: Position;
  /** Who of that position has taken it on, and alone is reminded. */
  only?: string | undefined;
  /** Nobody hears in the place of whoever is meant. */
  alone?: true;
  /** Whom it concerns, whatever positions they hold: they alone hear. */
  own?: string;
  /** There may be nobody yet who hears: a group is being set up. */
  mayBeNobody?: true;
  /** Who needn't be told, having done it. */
  except?: string | undefined;
  /** Whose having done it isn't enough: somebody else of that position hears, or the position above. */
  not?: readonly string[];
  /** What stands for the event where many events say the same: each person hears of it once. */
  idempotencyKey?: { id: string; at: Instant };
}
