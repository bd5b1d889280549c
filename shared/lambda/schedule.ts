import { shell } from './shell.ts';

/** The Lambda entry of what is called by the clock, or by hand: it is its own cause until it looks at what has one. */
export const schedule = <Asked, Told>(work: (asked: Asked) => Promise<Told>) => shell(work);
