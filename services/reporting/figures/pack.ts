import type { MeasureId } from './measures/measure.ts';
import { type Counts, nonZero } from './tally.ts';

/**
 * Counts as they lie in an item. A write costs by the whole item's size and a read of many by all of theirs, so names are as
 * short as can be: `Q3.m` is `J`, `Q3.x` is `Jx`, `Q3.x.attempted` is `Jxa`. What is excluded lies under its reasons alone; the
 * sum of them is told when it is read. A code that was given is never given to something else.
 */
const CODES: Record<MeasureId, string> = {
  Q1: 'A',
  Q2: 'B',
  'Q2-desk': 'C',
  'Q2-department': 'D',
  Q3: 'J',
  Q4: 'K',
  Q5: 'L',
  'Q5-friendly': 'M',
  'Q5-reminder': 'N',
  'Q5-second-notice': 'O',
  'Q5-demand': 'P',
  'Q5-visit': 'Q',
  'Q5-review': 'R',
  Q6: 'S',
  'Q6-notice': 'T',
  'Q6-second-notice': 'U',
  'Q6-demand': 'V',
  'Q6-slip': 'W',
  closing: 'E',
  'not-valid': 'F',
  attitude: 'G',
  overdue: 'H',
  reached: 'I',
  rated: 'X',
  'agent-typed': 'Y',
  promised: '1',
  'promised-payment': 'Z',
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
  renewed: 'p',
  withdrawn: 'q',
  'nothing-due': 'r',
};

const turned = (names: Record<string, string>) => new Map(Object.entries(names).map(([name, code]) => [code, name]));
const MEASURES = turned(CODES);
const REASON_OF = turned(REASONS);

/** `Q3.x.attempted` → `Jxa` */
export const packedName = (cell: string): string => {
  const [measure, state = '', ...reason] = cell.split('.');
  const why = reason.join('.');
  const code = CODES[measure as MeasureId];
  if (why === '') return state === 'm' ? code : `${code}${state}`;
  return `${code}${state}${REASONS[why] ?? `.${why}`}`;
};

/** `Jxa` → `Q3.x.attempted`; `undefined` for whatever else lies in an item. */
const unpackedName = (name: string): string | undefined => {
  const [, code = '', state = 'm', why = ''] = /^([A-Z0-9])(?:([mxre])(.|\..+)?)?$/.exec(name) ?? [];
  const measure = MEASURES.get(code);
  const reason = why.startsWith('.') ? why.slice(1) : REASON_OF.get(why);
  if (measure === undefined || (why !== '' && reason === undefined)) return undefined;
  return [measure, state, ...(reason === undefined ? [] : [reason])].join('.');
};

/** The sum that a reason of an excluded case is part of: `Q3.e.public` → `Q3.e`. */
const sumOf = (cell: string): string | undefined => /^[^.]+\.e(?=\.)/.exec(cell)?.[0];

const add = (into: Counts, name: string, n: number) => {
  into[name] = (into[name] ?? 0) + n;
};

/** @param counts or what is added to them: packed, changes add up like what they change */
export const packedRows = (counts: Counts): Record<string, number> => {
  const item: Counts = {};
  for (const [cell, n] of Object.entries(counts)) {
    const sum = sumOf(cell);
    add(item, packedName(cell), n);
    if (sum !== undefined) add(item, packedName(sum), -n);
  }
  return nonZero(item);
};

export const unpacked = (item: Record<string, unknown>): Counts => {
  const counts: Counts = {};
  for (const [name, n] of Object.entries(item)) {
    const cell = unpackedName(name);
    if (cell === undefined) continue;
    const sum = sumOf(cell);
    add(counts, cell, n as number);
    if (sum !== undefined) add(counts, sum, n as number);
  }
  return counts;
};
