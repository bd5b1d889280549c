import { callbackOpened, callbackReached } from './events.ts';

/** What opens duties that must be punctual: the callback itself, and a reply promised in one. */
export const STARTER = 'callbacks-start-timer';
export const PUNCTUAL = [callbackOpened, callbackReached] as const;
