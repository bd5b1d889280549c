import type { MeasureId } from './measures/measure.ts';
import type { Counts } from './tally.ts';

/**
 * Counts as they lie in an item. A write costs by the whole item's size and a read of many by all of theirs, so names are as
 * short as can be: `Q3.m` is `jm`, `Q3.x.attempted` is `jxa`. A code that was given is never given to something else.
 */
const CODES: Record<MeasureId, string> = {
  Q1: 'a',
  Q2: 'b',
  'Q2-desk': 'c',
  'Q2-department': 'd',
  Q3: 'j',
  Q4: 'k',
  Q5: 'l',
  'Q5-friendly': 'm',
  'Q5-reminder': 'n',
  'Q5-second-notice': 'o',
  'Q5-demand': 'p',
  'Q5-visit': 'q',
  'Q5-review': 'r',
  Q6: 's',
  'Q6-notice': 't',
  'Q6-second-notice': 'u',
  'Q6-demand': 'v',
  'Q6-slip': 'w',
  closing: 'e',
  'not-valid': 'f',
  attitude: 'g',
  overdue: 'h',
  reached: 'i',
  rated: 'x',
  'agent-typed': 'y',
};

/** Reasons and flags; one that isn't here lies in full, after a dot. */
const REASONS: Record<string, string> = {
  attempted: 'a',
  'not-valid': 'b',
  public: 'c',
  waived: 'd',
  'owner-refused': 'e',
  'no-contact-way': 'f',
  'owner-deceased': 'g',
  dispute: 'h',
  promise: 'i',
  hardship: 'j',
  cancelled: 'k',
  owner: 'l',
  price: 'm',
  'not-possible': 'n',
  mistake: 'o',
};

const turned = (names: Record<string, string>) => new Map(Object.entries(names).map(([name, code]) => [code, name]));
const MEASURES = turned(CODES);
const REASON_OF = turned(REASONS);

/** `Q3.x.attempted` → `jxa` */
export const packedName = (cell: string): string => {
  const [measure, state = '', ...reason] = cell.split('.');
  const why = reason.join('.');
  return `${CODES[measure as MeasureId]}${state}${why === '' ? '' : (REASONS[why] ?? `.${why}`)}`;
};

/** `jxa` → `Q3.x.attempted`; `undefined` for whatever else lies in an item. */
const unpackedName = (name: string): string | undefined => {
  const [, code = '', state, why = ''] = /^(.)([mxre])(.|\..+)?$/.exec(name) ?? [];
  const measure = MEASURES.get(code);
  const reason = why.startsWith('.') ? why.slice(1) : REASON_OF.get(why);
  if (measure === undefined || (why !== '' && reason === undefined)) return undefined;
  return [measure, state, ...(reason === undefined ? [] : [reason])].join('.');
};

export const packed = (counts: Counts): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([cell, n]) => [packedName(cell), n]));

export const unpacked = (item: Record<string, unknown>): Counts =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, n]) => {
      const cell = unpackedName(name);
      return cell === undefined ? [] : [[cell, n as number]];
    }),
  );
