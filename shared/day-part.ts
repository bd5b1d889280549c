import { type Instant, localDay, minuteOfDay } from './clock.ts';

/** Which part of which local day a call fell in: three busy tones in an hour are one attempt. */
export const dayPart = (at: Instant, zone: string): string => {
  const minute = minuteOfDay(at, zone);
  return `${localDay(at, zone)} ${minute < 12 * 60 ? 'morning' : minute < 18 * 60 ? 'afternoon' : 'evening'}`;
};
