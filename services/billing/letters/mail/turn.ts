import type { Instant } from '../../../../shared/time/clock.ts';
import { asksAgain, hasCome, holds, untilThen } from './pace.ts';
import type { Pace } from './pace-store.ts';
import type { ToMail } from './queue.ts';

interface Line {
  pace: Pick<Pace, 'reserve'>;
  /** Whether moments are to be had; asked once for many letters. */
  hasRoom(): Promise<boolean>;
  now: Instant;
}

/** It waits for its moment; without one it asks again, unless another message of it does. */
const waits = ({ site, letter, again }: ToMail, moment: Instant | undefined, now: Instant): ToMail | undefined => {
  if (moment !== undefined) return { site, letter, moment, delay: untilThen(moment, now) };
  return again ? undefined : { site, letter, delay: asksAgain(letter, now) };
};

/**
 * Lets a letter go in its turn. It gets a moment only once it is known to be ready, and keeps it: hardly more are given than
 * letters go.
 * @param ready whether it is to go still; `undefined` when it is not
 * @returns the message that waits in the queue, if its turn hasn't come
 */
export const inTurn = async <R>(
  asked: ToMail,
  { pace, hasRoom, now }: Line,
  { ready, go }: { ready(): Promise<R | undefined>; go(ready: R): Promise<void> },
): Promise<ToMail | undefined> => {
  const { site, letter } = asked;
  let moment = holds(asked.moment, now) ? asked.moment : undefined;
  // Before anything is read of it: in a long line it is asked many times.
  if (moment === undefined ? !(await hasRoom()) : !hasCome(moment, now)) return waits(asked, moment, now);
  const found = await ready();
  if (found === undefined) return undefined;
  moment ??= await pace.reserve(site, letter, now);
  if (moment === undefined || !hasCome(moment, now)) return waits(asked, moment, now);
  await go(found);
  return undefined;
};
