/** What others need of letters: their numbers, and how one is asked for. */

export { payerType } from './addresses/payer.ts';
export { letterType } from './aggregate.ts';
export type { LetterRequest } from './join.ts';
export type { ToMail } from './mail/queue.ts';
export { NUMBER } from './number.ts';
export { openLetters } from './open.ts';
export { letterWake } from './wake.ts';
