import { encodeTime, ulid } from 'ulid';
import type { Instant } from '../time/clock.ts';

/** One prefix for each kind of thing, so that an id says what it names. */
export const PREFIX = {
  account: 'acc',
  adjustment: 'adj',
  alert: 'alr',
  bill: 'bil',
  callback: 'cbk',
  'cash-day': 'csd',
  complaint: 'cmp',
  contact: 'con',
  deduction: 'ded',
  erasure: 'ers',
  exemption: 'exm',
  forgetting: 'fgt',
  group: 'grp',
  hold: 'hld',
  import: 'imp',
  improvement: 'ipv',
  invoice: 'inv',
  letter: 'let',
  metering: 'mtr',
  month: 'mth',
  notice: 'ntc',
  part: 'prt',
  party: 'pty',
  payer: 'pyr',
  payment: 'pay',
  rebuild: 'rbd',
  receipt: 'rcp',
  remittance: 'rem',
  report: 'rpt',
  run: 'run',
  schedule: 'sch',
  site: 'sit',
  slip: 'slp',
  staff: 'stf',
  text: 'txt',
  unit: 'unt',
  waiver: 'wvr',
} as const;
export type IdKind = keyof typeof PREFIX;

/** A number in [0, 1), asked for each time; the only way chance enters. */
export type Random = () => number;

/** `cmp_01J…`: prefixed, unique, and sorted by the moment it was made (ms). */
export const newId = (kind: IdKind, now: Instant, random: Random): string =>
  `${PREFIX[kind]}_${ulid(now, random).toLowerCase()}`;

/** Between which ids those lie that were made from a moment on and before another, as text. */
export const idsMade = (kind: IdKind, from: Instant, before: Instant): [from: string, to: string] => [
  `${PREFIX[kind]}_${encodeTime(Math.max(0, from)).toLowerCase()}`,
  `${PREFIX[kind]}_${encodeTime(Math.max(0, before - 1)).toLowerCase()}~`,
];

/** The id of what follows from another thing once only: derived, so that making it twice makes one. */
export const derivedId = (kind: IdKind, from: string, ordinal?: number): string =>
  `${PREFIX[kind]}_${from.slice(from.indexOf('_') + 1)}${ordinal === undefined ? '' : `-${ordinal}`}`;

/** Matches the ids of a kind, for schemas. */
export const idPattern = (kind: IdKind): RegExp => new RegExp(`^${PREFIX[kind]}_[0-9a-z-]{1,60}$`);
