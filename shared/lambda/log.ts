import { systemClock } from '../time/clock.ts';
import { BEHIND, FAILED, NAMESPACE } from './impact.ts';
import { print, runNow, standing } from './run.ts';

/**
 * What functions log: a catalogued code and its sentence, with ids. Never bodies, headers, names, numbers or free text.
 */
export const LOG = {
  'HY-API-1': 'A request was answered',
  'HY-API-2': 'A request failed unexpectedly',
  'HY-API-3': 'A stranger was refused',
  'HY-EVT-1': 'An event was handled',
  'HY-EVT-2': 'An event could not be handled; it is tried again',
  'HY-REL-1': 'Events could not be published; they are tried again',
  'HY-REL-2': 'An event is larger than the bus takes: it becomes a dead letter',
  'HY-SWP-1': 'A sweep woke up what was due',
  'HY-SWP-2': 'One item could not be woken up; the sweep went on',
  'HY-TIM-1': 'A timer woke it up',
  'HY-API-4': 'A request took too long; what came of it says its key',
  'HY-FUN-1': 'A function failed',
  'HY-FUN-2': 'What was told long ago comes only now',
  'HY-PER-1': 'A request was answered with personal data',
  'HY-MAI-1': 'An email was sent',
  'HY-MAI-2': 'An email was refused by the mail service',
  'HY-MAI-3': 'A position has no holder; the next one up hears instead',
  'HY-MAI-4': 'An email could not be sent; it is tried again',
  'HY-MAI-5': 'Digests were handed to the mailer',
  'HY-MAI-6': "A site's digests failed; the others went on",
  'HY-LET-1': 'A letter may have been sent: the mail service did not answer',
  'HY-LET-2': 'A letter was sent',
  'HY-LET-3': 'The mail service did not take a letter',
  'HY-RGT-1': 'What was erased was erased anew, after a restore',
  'HY-RUN-1': 'A bill run went on',
  'HY-RUN-2': 'A bill run could not go on; it is tried again',
  'HY-DED-1': "A site's deduction batch was opened, or was open",
  'HY-DED-2': "A site's deduction batch could not be opened; the others went on",
  'HY-RCP-1': 'A receipt was written',
  'HY-RCP-2': 'A receipt could not be written; it is tried again',
  'HY-KPI-1': 'Facts were counted',
  'HY-EXP-1': 'Events were exported',
  'HY-EXP-2': 'Events could not be exported; they are tried again',
  'HY-EXP-3': 'Messages are no events: they become dead letters',
  'HY-RPT-1': 'Reports are due and were asked for',
  'HY-RPT-2': "A site's reports could not be looked for; the others went on",
  'HY-RPT-3': 'A report was issued, or was there',
  'HY-RPT-4': 'A report could not be issued; it is tried again',
  'HY-ALR-1': 'Figures were looked at for what is at risk',
  'HY-ALR-2': "A site's figures could not be looked at; the others were",
  'HY-REB-1': 'A rebuild went on',
  'HY-REB-2': 'Figures differ from the journals, and nothing put them right',
  'HY-REB-3': 'A step of a rebuild failed; it is tried again',
} as const;

export type LogCode = keyof typeof LOG;

/** One line: its code, where and of what it was written (`standing`), and ids. What the code means is not written out: bytes are paid for. */
export const log = (code: LogCode, ids: Record<string, string | number | boolean | undefined> = {}): void => {
  // Not through `console`: Lambda's JSON format would wrap each line into one of its own.
  print(`${JSON.stringify({ code, ...standing(), ...ids })}\n`);
};

type Ids = Parameters<typeof log>[1];

/** A line that CloudWatch reads a number from as well (embedded metric format): a metric that exists only while there is something to say. */
const measured = (
  code: LogCode,
  name: string,
  value: number,
  dimension: string,
  of: string | undefined,
  ids: Ids,
): void => {
  const metric = { Namespace: NAMESPACE, Dimensions: [[dimension]], Metrics: [{ Name: name }] };
  const line = { code, ...standing(), ...ids, [dimension]: of, [name]: value };
  print(`${JSON.stringify({ _aws: { Timestamp: systemClock(), CloudWatchMetrics: [metric] }, ...line })}\n`);
};

/** Something failed: the alarm of what that means for people rings (`IMPACT`, as the function's construct says). */
export const failure = (code: LogCode, ids: Ids = {}): void => {
  const run = runNow();
  if (run) run.failures.counted += 1;
  measured(code, FAILED, 1, 'impact', process.env.IMPACT ?? 'asked', ids);
};

/** So old (s) what comes from a stream or a queue may be; what is older is measured. */
const LATE = 900;

/** Says when what comes was told long ago. @param told milliseconds since the epoch, of the oldest; of a message that was held back, when that ended */
export const behind = (by: 'stream' | 'queue', told: number): void => {
  const seconds = Math.round((systemClock() - told) / 1000);
  if (seconds > LATE) measured('HY-FUN-2', BEHIND, seconds, 'by', by, {});
};

/** What is safe to log of something thrown: its class and, where it is ours or AWS's, its code. Never its message. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
