import type { Role } from '../../../../shared/people/positions.ts';
import { NEVER, type PolicyValues } from '../../../../shared/policy/policy.ts';
import { addDays, atLocal, type Day, type Instant, localDay } from '../../../../shared/time/clock.ts';
import type { Account } from '../account.ts';
import { type DunningChannel, type DunningRung, RUNGS, type StepAsks } from '../terms.ts';

/** A rung where the policy in force sets it. */
export interface SetRung {
  rung: DunningRung;
  /** After the due day; only the due day itself rolls over a holiday, rungs are calendar days. */
  days: number;
}

/** Which value of the policy says how many days after the due day a rung stands. */
export const DAYS: Record<DunningRung, keyof PolicyValues> = {
  friendly: 'dunFriendlyDays',
  reminder: 'dunReminderDays',
  'second-notice': 'dunSecondNoticeDays',
  demand: 'dunDemandDays',
  visit: 'dunVisitDays',
  review: 'dunReviewDays',
};

/** What a rung asks for. What can't be emailed is printed and delivered: the channel of the letter changes, not the step. */
export const CHANNELS_OF: Record<DunningRung, readonly DunningChannel[]> = {
  friendly: ['email'],
  reminder: ['email', 'phone'],
  'second-notice': ['email'],
  demand: ['letter'],
  visit: ['visit'],
  review: ['review'],
};

/**
 * What a rung asks for of an account. If non-payment is over poor service, the service is put right first: from the second
 * notice on a person decides, and goes there in place of the letter (domain.md). If money came that is probably the payer's and
 * that nobody has claimed, whoever would be written to is called first, on any rung.
 */
export const asksOf = (
  { complaints, unclaimed }: Pick<Account, 'complaints' | 'unclaimed'>,
  message: DunningRung,
): { channels: DunningChannel[]; asks?: StepAsks } => {
  const channels = [...CHANNELS_OF[message]];
  const writes = hasLetter(channels);
  if (complaints && message !== 'friendly' && message !== 'reminder') {
    return { channels: writes ? ['visit'] : channels, asks: 'service-complaint' };
  }
  return unclaimed ? { channels: writes ? ['phone'] : channels, asks: 'unclaimed-money' } : { channels };
};

/** Whether it is a letter, by email or on paper. */
export const hasLetter = (channels: readonly DunningChannel[]) =>
  channels.some((channel) => channel === 'email' || channel === 'letter');

/** Who owes a step. */
export const positionOf = (rung: DunningRung): Role => (rung === 'review' ? 'site-director' : 'agent');

/** The ladder a policy sets, in the order of its days; of two on one day only the higher is one. */
export const ladderOf = (policy: PolicyValues): SetRung[] => {
  const byDays = new Map<number, DunningRung>();
  for (const rung of RUNGS) if (policy[DAYS[rung]] < NEVER) byDays.set(policy[DAYS[rung]], rung);
  return [...byDays].map(([days, rung]) => ({ rung, days })).sort((a, b) => a.days - b.days);
};

/** When a rung for debts of a due day falls due: 09:00 (policy) of its day. */
export const momentOf = (dueDay: Day, { days }: SetRung, zone: string, { dunMinute }: PolicyValues): Instant =>
  atLocal(addDays(dueDay, days), dunMinute, zone);

/** The next time at which steps are decided: today's at or after an instant, else tomorrow's. */
export const nextDecision = (now: Instant, zone: string, { dunMinute }: PolicyValues): Instant => {
  const today = localDay(now, zone);
  const at = atLocal(today, dunMinute, zone);
  return at >= now ? at : atLocal(addDays(today, 1), dunMinute, zone);
};

/** Rungs above every one that was decided: what may still act. */
export const above = (ladder: readonly SetRung[], passed: readonly DunningRung[]): SetRung[] => {
  const highest = Math.max(-1, ...ladder.filter(({ rung }) => passed.includes(rung)).map(({ days }) => days));
  return ladder.filter(({ rung, days }) => days > highest && !passed.includes(rung));
};
