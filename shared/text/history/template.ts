import type { Message } from '../catalogue.ts';
import type { Data, HistoryEntry, HistoryReader } from './entry.ts';
import { VALUES, wordsFor } from './values.ts';

/**
 * How an event is told: a message, or which of several its data asks for. In a message
 * - `{by}` is who did it, `{nth}` and `{owedBy}` what else the entry says, `{data.by}` a field of that name;
 * - `{unit:unit}` is a field and how it is said (`VALUES`), `{bills.fen:yuan}` that of each of a list;
 * - `{kind=hold-kind}` is the word of the catalogue for it, `hold-kind.promise`, from the first of several lists (`=a,b`) that has one;
 * - `{n#call|calls}` is a number, or that of a list, and what it is of;
 * - `[, due {due:due}]` is left out where a field in it is absent, empty, false or nought;
 * - `[anonymous?, anonymous]` is said where the field is there, `[!anonymous?…]` where it isn't.
 * A field outside brackets that is absent is one that whoever reads it may not see; one that is null was erased.
 */
export type Telling = Message | ((data: Data) => Message);

const PLACE = /\{([\w.]+)(?::(\w+)|=([\w.,-]+)|#([^|}]+)\|([^}]+))?\}/g;
const OPTIONAL = /\[(?:(!?)([\w.]+)\?)?([^\]]*)\]/g;

/** A text's reference, where only those at the top of an event were read. */
const isRef = (value: unknown): boolean => typeof value === 'object' && value !== null && 'ref' in value;

const within = (value: unknown, path: readonly string[]): unknown => {
  const [field, ...rest] = path;
  if (field === undefined) return value;
  if (Array.isArray(value)) return value.map((one) => within(one, path));
  return typeof value === 'object' && value !== null ? within((value as Data)[field], rest) : undefined;
};

const fieldOf = ({ by, data, nth, owedBy }: HistoryEntry, path: string): unknown => {
  if (path === 'by') return by;
  if (path === 'nth') return nth;
  if (path === 'owedBy') return owedBy;
  if (path === 'data') return data;
  const found = within(data, path.replace(/^data\./, '').split('.'));
  return isRef(found) ? undefined : found;
};

const isThere = (value: unknown): boolean =>
  !(value === undefined || value === false || value === 0 || value === '' || (Array.isArray(value) && !value.length));

/** A message with what it is about filled in, in one go: nothing that was filled in is read as a place. */
export const filled = (text: string, entry: HistoryEntry, reader: HistoryReader): string => {
  const place = (_: string, path = '', as?: string, list?: string, one?: string, several?: string): string => {
    const value = path === 'by' ? wordsFor.by(entry.by, reader) : fieldOf(entry, path);
    if (path === 'by') return String(value);
    if (value === undefined) return wordsFor.concealed(reader);
    if (value === null) return wordsFor.erased(reader);
    if (list !== undefined) return wordsFor.list(value, list.split(','), reader);
    if (one !== undefined) return wordsFor.count(value, one, several ?? one);
    const said = VALUES[(as ?? 'plain') as keyof typeof VALUES] ?? VALUES.plain;
    return said(value, reader, entry);
  };
  const optional = (_: string, not: string | undefined, condition: string | undefined, inner = ''): string => {
    if (condition !== undefined) return isThere(fieldOf(entry, condition)) === (not === '') ? inner : '';
    const fields = [...inner.matchAll(PLACE)].map(([, path = '']) => fieldOf(entry, path));
    return fields.every(isThere) ? inner : '';
  };
  return text.replace(OPTIONAL, optional).replace(PLACE, place);
};
