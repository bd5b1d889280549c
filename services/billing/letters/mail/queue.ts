import type { Instant } from '../../../../shared/time/clock.ts';

/** A letter to be mailed; any number of such messages make one mail. */
export interface ToMail {
  site: string;
  letter: string;
  /** The moment that it may go at. */
  moment?: Instant | undefined;
  /** It may have a message already, which asks again by itself: this one does so only once. */
  again?: boolean | undefined;
  /** How long from now the mailer gets it (s). */
  delay?: number | undefined;
}
export type Enqueue = (letters: readonly ToMail[]) => Promise<void>;
