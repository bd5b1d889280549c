import { contactPromised } from './events.ts';

/** What opens a duty that must be punctual: a promised reply. The others live from the sweep. */
export const STARTER = 'intake-schedule-wake-ups';
export const TIMED_EVENTS = [contactPromised] as const;
