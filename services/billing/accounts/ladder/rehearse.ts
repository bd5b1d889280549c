import type { PolicyContext } from '../../../../shared/policy/policy-context.ts';
import { DAY, type Day, type Instant, localDay } from '../../../../shared/time/clock.ts';
import type { Account } from '../account.ts';
import type { DunningChannel, DunningRung } from '../terms.ts';
import { replayed } from './dun.ts';
import { asksOf } from './ladder.ts';

/** What an account would get on a day under a policy. */
export interface Rehearsed {
  on: Day;
  rung: DunningRung;
  channels: DunningChannel[];
}

/**
 * Lets an account's clock run ahead under a policy, without anything being sent or recorded (pure): what it would get,
 * and when, if nobody paid. Steps of several due days on one day are one message, as they would be.
 */
export const rehearse = (
  state: Account,
  now: Instant,
  days: number,
  { zone, version, policy }: PolicyContext,
): Rehearsed[] => {
  // The policy that is tried stands alone: what was announced to follow the one in force is no part of it.
  const timeline = [{ version, effective: 0, values: policy }] as const;
  return replayed(state, { since: now - 1, until: now + days * DAY, timeline, zone }).flatMap(({ at, falls }) => {
    const highest = falls.toSorted((a, b) => b.days - a.days)[0];
    return highest
      ? [{ on: localDay(at, zone), rung: highest.rung, channels: asksOf(state, highest.rung).channels }]
      : [];
  });
};

/** How much of what, and what the mails and letters of it cost. */
export interface Effort {
  steps: number;
  emails: number;
  letters: number;
  calls: number;
  visits: number;
  reviews: number;
}
export const effortOf = (all: readonly { rehearsed: Rehearsed[]; hasEmail: boolean }[]): Effort => {
  const count = (of: (one: Rehearsed, hasEmail: boolean) => boolean) =>
    all.reduce((sum, { rehearsed, hasEmail }) => sum + rehearsed.filter((one) => of(one, hasEmail)).length, 0);
  const has = (channel: DunningChannel) => (one: Rehearsed) => one.channels.includes(channel);
  return {
    steps: count(() => true),
    emails: count((one, hasEmail) => hasEmail && has('email')(one)),
    letters: count((one, hasEmail) => has('letter')(one) || (!hasEmail && has('email')(one))),
    calls: count(has('phone')),
    visits: count(has('visit')),
    reviews: count(has('review')),
  };
};
