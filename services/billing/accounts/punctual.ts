import {
  accountCharged,
  accountHeld,
  accountReleased,
  accountRescheduled,
  accountReversed,
  accountStepDue,
} from './events.ts';

/** What brings a dunning day near, or moves it: steps are decided at 09:00 of their day, not some minutes later. */
export const STARTER = 'billing-start-timer';
export const PUNCTUAL = [
  accountCharged,
  accountReversed,
  accountHeld,
  accountReleased,
  accountRescheduled,
  accountStepDue,
] as const;
