import middy from '@middy/core';
import { errorName, log } from './log.ts';

/** The part of Lambda's context that is used. */
export interface Context {
  getRemainingTimeInMillis?(): number;
}

/** How many frames of a stack are logged: the innermost say where, the others how one came there. */
const FRAMES = 8;
const FRAME = /([\w.-]+:\d+:\d+)\)?$/;

/**
 * Where something was thrown: file, line and column of the innermost frames. Never its message, nor any name of what was called with:
 * both may say whose data it was.
 */
export const framesOf = (error: unknown): string[] => {
  if (!(error instanceof Error) || error.stack === undefined) return [];
  const { stack, message } = error;
  const lines = stack.slice(stack.indexOf(message) + message.length).split('\n');
  return lines.flatMap((line) => (/^\s+at /.test(line) ? (FRAME.exec(line)?.[1] ?? []) : [])).slice(0, FRAMES);
};

/** Logs where a function failed; what becomes of its event is said by whoever called it. */
const observed = {
  onError: ({ error }: { error: unknown }) => {
    log('HY-FUN-1', { error: errorName(error), at: framesOf(error).join(' ') });
  },
};

/** What is answered when time runs out, and how long before the function's end (ms). */
interface Deadline<Event, Answer> {
  before: number;
  answer(event: Event): Answer;
}

/**
 * Every Lambda entry: what they have in common is done here, once. Handlers see their event alone.
 * @param deadline of those that somebody waits for
 */
export const shell = <Event, Answer>(handle: (event: Event) => Promise<Answer>, deadline?: Deadline<Event, Answer>) => {
  // Middy doesn't say of which event time runs out; a function has one at a time.
  let current: Event;
  const early = deadline && {
    timeoutEarlyInMillis: deadline.before,
    timeoutEarlyResponse: () => deadline.answer(current),
  };
  const entry = middy(early ?? { timeoutEarlyInMillis: 0 })
    .use(observed)
    .handler((event: unknown) => {
      current = event as Event;
      return handle(current);
    });
  return entry as unknown as (event: Event, context?: Context) => Promise<Answer>;
};
