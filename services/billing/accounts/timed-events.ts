import {
  accountCharged,
  accountHeld,
  accountReleased,
  accountRescheduled,
  accountReversed,
  accountStepDue,
} from './events.ts';

/** What brings a dunning day near, or moves it: steps are decided at 09:00 of their day, not some minutes later. */
export const STARTER = 'billing-schedule-wake-ups';
export const TIMED_EVENTS = [
  accountCharged,
  accountReversed,
  accountHeld,
  accountReleased,
  accountRescheduled,
  accountStepDue,
] as const;
