import { LOG, type LogCode } from '../../shared/lambda/log.ts';
import { iso } from '../../shared/time/clock.ts';
import type { LogLine } from '../record.ts';

/** A line of the log that belongs to a request's consequence. */
export interface Traced {
  /** When it was written: at the end of what it tells of. */
  at: number;
  fn: string;
  /** What the code means. */
  what: string;
  /** How long that took, ms; unknown of what Lambda itself says. */
  ms: number | undefined;
  cold: boolean;
  /** Everything else the line says. */
  ids: Record<string, unknown>;
}

type Said = Record<string, unknown>;

const KNOWN = new Set(['code', 'fn', 'request', 'cause', 'ms', 'cold']);
/** As a problem's `instance` says it. */
const URN = 'urn:huiyin:request:';

const parsed = (line: string): Said | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Said;
  } catch {
    return undefined;
  }
};

/** A batch of a stream has several causes. */
const causesOf = ({ request, cause = request }: Said): string[] => String(cause ?? '').split(' ');

/**
 * All that an API request, or whatever an event's own cause is, led to, in the order in which it happened.
 * @param id a request's id, the `instance` of a problem, or an event's id
 */
export const traceOf = (lines: readonly LogLine[], id: string): Traced[] => {
  const said = lines.flatMap(({ at, line }) => {
    const one = parsed(line);
    return one ? [{ at, one }] : [];
  });
  const asked = id.replace(URN, '');
  const known = said.some(({ one }) => causesOf(one).includes(asked));
  const heard = said.find(({ one }) => one.event === asked);
  const root = known || !heard ? asked : String(heard.one.cause);
  return said
    .filter(({ one }) => one.request === root || causesOf(one).includes(root))
    .sort((a, b) => a.at - b.at)
    .map(({ at, one }) => ({
      at,
      fn: String(one.fn ?? ''),
      what: LOG[one.code as LogCode] ?? String(one.code ?? one.errorType ?? ''),
      ms: typeof one.ms === 'number' ? one.ms : undefined,
      cold: one.cold === true,
      ids: Object.fromEntries(Object.entries(one).filter(([name]) => !KNOWN.has(name))),
    }));
};

const FN_WIDTH = 34;
const WHAT_WIDTH = 44;

/** For people: a line for each, with the date where it changes. */
export const printed = (traced: readonly Traced[]): string[] => {
  let day = '';
  return traced.flatMap(({ at, fn, what, ms, cold, ids }) => {
    const [date = '', time = ''] = iso(at).split('T');
    const more = Object.entries(ids).map(([name, value]) => `${name}=${value}`);
    const took = `${ms ?? '?'} ms${cold ? ' cold' : ''}`;
    const line = [time.slice(0, 12), fn.padEnd(FN_WIDTH), what.padEnd(WHAT_WIDTH), took.padStart(12), ...more];
    const heading = date === day ? [] : [`${date} (UTC)`];
    day = date;
    return [...heading, line.join('  ')];
  });
};
