import type { PolicyContext } from '../policy/policy-context.ts';
import { type Instant, localDay, minuteOfDay } from './clock.ts';

/**
 * Which part of which local day a call fell in: three busy tones in an hour are one attempt. None outside the hours in which
 * people are called: such a call is recorded, and proves no effort to reach somebody at another time.
 */
export const dayPart = (at: Instant, { zone, policy }: Pick<PolicyContext, 'zone' | 'policy'>): string | undefined => {
  const minute = minuteOfDay(at, zone);
  if (minute < policy.callFromMinute || minute > policy.callUntilMinute) return undefined;
  return `${localDay(at, zone)} ${minute < 12 * 60 ? 'morning' : minute < 18 * 60 ? 'afternoon' : 'evening'}`;
};
