import { invalid, Refusal } from '../domain/refusal.ts';
import type { ApiEvent } from './api-event.ts';
import { isCommand, type RouteDef } from './route.ts';

const KEY_HEADER = 'idempotency-key';
/** The field of a form that stands for the header. */
const KEY_FIELD = 'key';
/** Long enough for any UUID or hash, short enough for a table key. */
const KEY_MAX = 128;
/** Objects and lists within each other; no schema has half of it. */
const DEPTH_MAX = 32;
/** What a browser makes of a form without files. */
const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i;

/** A command as it was sent: its body, not yet checked, and the key that makes it happen once. */
export interface Sent {
  body?: unknown;
  key?: string;
}

/** What was sent with a command; nothing with what only reads. @throws Refusal for a body or key that can't be read */
export const sentWith = (route: RouteDef, event: ApiEvent): Sent => {
  if (!isCommand(route)) return {};
  const header = event.headers[KEY_HEADER];
  if (!route.form || !FORM.test(event.headers['content-type'] ?? '')) {
    const key = checked(header, 'Idempotency-Key');
    return { key, ...(route.body ? { body: json(event) } : {}) };
  }
  // A page sends no headers of its own.
  const { [KEY_FIELD]: field, ...body } = fields(event);
  const key = header === undefined ? checked(field, `body.${KEY_FIELD}`) : checked(header, 'Idempotency-Key');
  return { key, ...(route.body ? { body } : {}) };
};

const checked = (key: unknown, field: string): string => {
  if (key === undefined || key === '')
    throw new Refusal('invalid', 'request.key-missing', {}, [{ field, rule: 'field.required' }]);
  if (typeof key !== 'string' || key.length > KEY_MAX || !/^[\x21-\x7e]+$/.test(key))
    throw invalid({ field, rule: 'field.ascii-key', details: { max: KEY_MAX } });
  return key;
};

const textOf = ({ body = '', isBase64Encoded }: ApiEvent): string =>
  isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;

const json = (event: ApiEvent): unknown => {
  const body = parsed(textOf(event));
  if (isDeeper(body, DEPTH_MAX)) throw invalid({ field: 'body', rule: 'field.depth', details: { max: DEPTH_MAX } });
  return body;
};
const parsed = (text: string): unknown => {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new Refusal('invalid', 'request.not-json', {}, [{ field: 'body', rule: 'field.json' }]);
  }
};
/** Whether something nests deeper than it may: whoever goes through it would run out of stack. */
const isDeeper = (value: unknown, most: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (most === 0 || Object.values(value).some((one) => isDeeper(one, most - 1)));

/** A form's fields as text, a list where a name comes more than once; one left empty wasn't filled in. */
const fields = (event: ApiEvent): Record<string, unknown> => {
  const all = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(textOf(event))) {
    if (value === '') continue;
    const values = all.get(name);
    if (values) values.push(value);
    else all.set(name, [value]);
  }
  return Object.fromEntries([...all].map(([name, values]) => [name, values.length > 1 ? values : values[0]]));
};
