import { AsyncLocalStorage } from 'node:async_hooks';
import { stopwatch } from '../time/clock.ts';

/** What an instance has around it: where it prints, and how it waits. On Lambda the process's own. */
export interface Surroundings {
  print?: ((line: string) => void) | undefined;
  /** For so many ms. */
  sleep?: ((ms: number) => Promise<void>) | undefined;
}

/** What is being worked on: an invocation, one message of its batch, or one item of its sweep. */
export interface CurrentWork extends Surroundings {
  /** The API's request id, or the invocation's where nobody asks. */
  request?: string | undefined;
  /** The request (or, where none was known, the event or message) that led here. */
  cause?: string | undefined;
  /** Whether the instance had to be started for it. */
  cold?: boolean;
  /** When it began (ms, monotonic). */
  since: number;
  /** Aborted shortly before the function's end. */
  signal?: AbortSignal | undefined;
  /** How many failures the invocation has counted; its parts share it. */
  failures: { counted: number };
}

/**
 * Where one stands, known to the log, to what is written and to what is sent, without being handed through everything that
 * decides: those don't depend on it (docs/adr/0024).
 */
const runs = new AsyncLocalStorage<CurrentWork>();

export const runNow = (): CurrentWork | undefined => runs.getStore();

/** Runs instances with other surroundings than the process's own. */
export const surrounded = <T>(surroundings: Surroundings, work: () => T): T =>
  runs.run({ ...surroundings, since: 0, failures: { counted: 0 } }, work);

/** Prints a line of the log. */
export const print = (line: string): void => {
  const run = runs.getStore();
  if (run?.print) run.print(line);
  else process.stdout.write(line);
};

export const within = <T>(run: CurrentWork, work: () => T): T => runs.run(run, work);

/** Works on a part of what is being worked on, which has a cause of its own, or none yet. */
export const apart = <T>(cause: string | undefined, work: () => T): T => {
  const run = runs.getStore();
  return run ? runs.run({ ...run, cause, since: stopwatch() }, work) : work();
};

/** Says what led here, where that wasn't known. */
export const because = (cause: string | undefined): void => {
  const run = runs.getStore();
  if (run) run.cause ??= cause;
};

/** What whatever is written and sent now is caused by. */
export const causeNow = (): string | undefined => {
  const run = runs.getStore();
  return run?.cause ?? run?.request;
};

/** What every line of the log says of where it was written; `ms` since that was begun. */
export const standing = (): Record<string, string | number | boolean | undefined> => {
  const fn = process.env.FUNCTION;
  const run = runs.getStore();
  if (!run) return { fn };
  const { request, cause, cold, since } = run;
  return {
    fn,
    request,
    ...(cause === request ? {} : { cause }),
    ...(cold ? { cold } : {}),
    ms: Math.round(stopwatch() - since),
  };
};
