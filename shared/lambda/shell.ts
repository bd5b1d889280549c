import middy from '@middy/core';
import { stopwatch } from '../time/clock.ts';
import { errorName, failure, log } from './log.ts';
import { type CurrentWork, runNow, within } from './run.ts';

/** The part of Lambda's context that is used. */
export interface Context {
  awsRequestId?: string;
  getRemainingTimeInMillis?(): number;
}

/** How many frames of a stack are logged: the innermost say where, the others how one came there. */
const FRAMES = 8;
const FRAME = /([\w.-]+:\d+:\d+)\)?$/;

/** How much of a build's hash names it in the log. */
export const BUILD_LENGTH = 10;
/** The bundle, by the build it is: `npm run where` knows which source that was. */
const inBuild = (frame: string): string =>
  process.env.BUILD ? frame.replace(/^index\.mjs/, process.env.BUILD.slice(0, BUILD_LENGTH)) : frame;

/**
 * Where something was thrown: file (the build, of a bundle), line and column of the innermost frames. Never its message, nor any name of what was called with:
 * both may say whose data it was.
 */
export const framesOf = (error: unknown): string[] => {
  if (!(error instanceof Error) || error.stack === undefined) return [];
  const { stack, message } = error;
  const lines = stack.slice(stack.indexOf(message) + message.length).split('\n');
  const frames = lines.flatMap((line) => (/^\s+at /.test(line) ? (FRAME.exec(line)?.[1] ?? []) : []));
  return frames.slice(0, FRAMES).map(inBuild);
};

/** Logs where a function failed, and counts it unless what it ends with was counted; what becomes of its event is said by whoever called it. */
const observed = {
  onError: ({ error }: { error: unknown }) => {
    const say = runNow()?.failures.counted ? log : failure;
    say('HY-FUN-1', { error: errorName(error), at: framesOf(error).join(' ') });
  },
};

/** What led to an invocation, as far as its event says: the request's own id, and what caused it. */
type Origin = Pick<CurrentWork, 'request' | 'cause'>;

interface ShellOptions<Event, Answer> {
  origin?(event: Event): Origin;
  /** What somebody who waits is answered when time runs out. Without it the handler's own answer is awaited to the end. */
  tooLate?(event: Event): Answer;
}

/** So long before a function's end (ms) what it still does is aborted, and whoever waits is told: after it they would hear nothing. */
const BEFORE = 1_000;

/** An instance is cold once. */
let cold = true;

interface Invocation<Event, Answer> extends CurrentWork {
  event: Event;
  answer?: Promise<Answer>;
}

/** Every Lambda entry: what they have in common is done here, once. Handlers see their event alone. */
export const shell = <Event, Answer>(
  handle: (event: Event) => Promise<Answer>,
  { origin, tooLate }: ShellOptions<Event, Answer> = {},
) => {
  const current = () => runNow() as Invocation<Event, Answer>;
  const entry = middy({
    timeoutEarlyInMillis: BEFORE,
    timeoutEarlyResponse: () => (tooLate ? tooLate(current().event) : current().answer),
  })
    .use(observed)
    .handler((_event, _context, { signal }) => {
      const run = current();
      run.signal = signal;
      run.answer = handle(run.event);
      return run.answer;
    }) as unknown as (event: Event, context?: Context) => Promise<Answer>;
  return (event: Event, context?: Context): Promise<Answer> => {
    const failures = { counted: 0 };
    const { print, sleep } = runNow() ?? {};
    const run = {
      request: context?.awsRequestId,
      ...origin?.(event),
      cold,
      since: stopwatch(),
      failures,
      event,
      print,
      sleep,
    };
    cold = false;
    return within(run, () => entry(event, context));
  };
};
