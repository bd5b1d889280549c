import { DAY, type Day, type Instant, localDay } from '../../../shared/clock.ts';
import type { Ground } from '../../../shared/policy.ts';
import type { Account } from '../accounts/account.ts';
import { complete, foreseen, nextDunning } from '../accounts/complete.ts';
import type { Channel, Rung } from '../accounts/terms.ts';
import { dun } from './dun.ts';

/** What an account would get on a day under a policy. */
export interface Rehearsed {
  on: Day;
  rung: Rung;
  channels: Channel[];
}

/** More looks than any ladder needs in a year. */
const LOOKS = 100;

/**
 * Lets an account's clock run ahead under a policy, without anything being sent or recorded (pure): what it would get,
 * and when, if nobody paid. Steps of several due days on one day are one message, as they would be.
 */
export const rehearse = (state: Account, now: Instant, days: number, under: Ground): Rehearsed[] => {
  // The policy that is tried stands alone: what was announced to follow the one in force is no part of it.
  const { changesAt: _, ...ground } = under;
  const end = now + days * DAY;
  const got: Rehearsed[] = [];
  let account = state;
  let at: Instant | null = nextDunning(account, now, ground);
  for (let looks = 0; at !== null && at <= end && looks < LOOKS; looks++) {
    const happenings = complete(
      account,
      dun(account, at, ground, () => ground.policy),
      at,
      ground,
    );
    for (const { name, data } of happenings) {
      if (name !== 'account.step-due') continue;
      const { message: rung, channels } = data;
      const on = localDay(at, ground.zone);
      if (!got.some((one) => one.on === on)) got.push({ on, rung, channels });
    }
    account = foreseen(account, happenings, at);
    at = nextDunning(account, at + 1, ground);
  }
  return got;
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
  const has = (channel: Channel) => (one: Rehearsed) => one.channels.includes(channel);
  return {
    steps: count(() => true),
    emails: count((one, hasEmail) => hasEmail && has('email')(one)),
    letters: count((one, hasEmail) => has('letter')(one) || (!hasEmail && has('email')(one))),
    calls: count(has('phone')),
    visits: count(has('visit')),
    reviews: count(has('review')),
  };
};
