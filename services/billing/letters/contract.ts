/** What others need of letters: their numbers, and how one is asked for. */

export { letterType } from './aggregate.ts';
export type { LetterRequest } from './join.ts';
export type { ToMail } from './mail/queue.ts';
export { NUMBER } from './number.ts';
export { openLetters } from './open.ts';
export { payerType } from './payer.ts';
export { letterWake } from './wake.ts';
