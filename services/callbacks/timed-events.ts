import { callbackOpened, callbackReached } from './events.ts';

/** What opens duties that must be punctual: the callback itself, and a reply promised in one. */
export const STARTER = 'callbacks-schedule-wake-ups';
export const TIMED_EVENTS = [callbackOpened, callbackReached] as const;
