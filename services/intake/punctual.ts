import { contactPromised } from './events.ts';

/** What opens a duty that must be punctual: a promised reply. The others live from the sweep. */
export const STARTER = 'intake-start-timer';
export const PUNCTUAL = [contactPromised] as const;
