import { DELAY_MOST } from '../../../../shared/aws/queue.ts';
import { hash } from '../../../../shared/journal/layout.ts';
import { type Instant, MINUTE, SECOND } from '../../../../shared/time/clock.ts';

/**
 * How mail waits for its turn (pure). Moments are given a short way ahead and to letters that are about to go: whatever
 * becomes of those that hold one, no more than that stands idle. The rest comes back and asks again, sooner than what
 * was given is used up, so that the mail service is never without work while a letter waits.
 */

/** So far ahead moments are given: longer than the queue holds a message back, and what it takes to get through all that wait. */
export const AHEAD = 20 * MINUTE;
/** A moment that has passed for longer is worth nothing: many of them would be a burst. */
const STALE = MINUTE;
/** So much early is in time; a queue waits in whole seconds. */
const EARLY = SECOND;

/** The next free moment. @param tat the moment from which on nothing is given yet */
export const nextMoment = (tat: Instant | undefined, now: Instant): Instant => Math.max(tat ?? now, now);

/** Whether a moment is to be had at all, or a letter has to ask again. */
export const hasRoom = (tat: Instant | undefined, now: Instant): boolean => nextMoment(tat, now) <= now + AHEAD;

/** Whether a letter that was given a moment still has it. */
export const holds = (moment: Instant | undefined, now: Instant): moment is Instant =>
  moment !== undefined && moment >= now - STALE;

/** Whether a moment that a letter has has come. */
export const hasCome = (moment: Instant, now: Instant): boolean => moment <= now + EARLY;

/** How long the queue holds a letter back until its moment (s); the queue may let it go before. */
export const untilThen = (moment: Instant, now: Instant): number => Math.ceil((moment - now) / SECOND);

/** When a letter that was given no moment asks again (s): spread, so that many don't ask at once. */
export const asksAgain = (letter: string, now: Instant): number => {
  const least = DELAY_MOST / 2;
  return least + (hash(`${letter}#${now}`) % (DELAY_MOST - least + 1));
};
