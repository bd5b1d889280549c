import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { PersonalRef, Recorded } from '../../../shared/domain/events.ts';
import { PREFIX } from '../../../shared/domain/ids.ts';
import type { Transitions } from '../../../shared/domain/machine.ts';
import { type Obligation, tookRung } from '../../../shared/domain/obligation.ts';
import type { AggregateType, Current, Published } from '../../../shared/journal/aggregate.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import type { PaymentMethod } from '../accounts/contract.ts';
import { type proposal, type RemittanceEvent, remittanceEvents } from './events.ts';
import type { StatementLine } from './reading.ts';
import type { ClaimRule } from './terms.ts';

export const STATUSES = ['unclaimed', 'claimed', 'set-aside', 'split', 'joined', 'reopened'] as const;
export type Status = (typeof STATUSES)[number];
export const TRANSITIONS: Transitions<Status, 'claim' | 'set-aside' | 'split' | 'join' | 'dissolve' | 'reopen'> = {
  claim: { from: ['unclaimed', 'reopened', 'set-aside'], to: ['claimed'] },
  'set-aside': { from: ['unclaimed', 'reopened'], to: ['set-aside'] },
  split: { from: ['unclaimed', 'reopened'], to: ['split'] },
  join: { from: ['split'], to: ['reopened'] },
  // Of its parts.
  dissolve: { from: ['unclaimed', 'reopened', 'set-aside'], to: ['joined'] },
  reopen: { from: ['claimed'], to: ['reopened'] },
};
/** Whether somebody still has to find out whose it is. */
export const isOpen = ({ status }: { status: Status }): boolean => status === 'unclaimed' || status === 'reopened';
/** Whether it stands for money of its own: what is split is its parts, and parts that were joined are the line again. */
export const isMoney = ({ status }: { status: Status }): boolean => status !== 'split' && status !== 'joined';
export type Proposal = z.output<typeof proposal>;

/** Money that came by a channel, as a statement of it says (来款): whose it is has to be found. */
export interface Remittance {
  status: Status;
  channel: PaymentMethod;
  paidOn: Day;
  fen: number;
  number?: PersonalRef | undefined;
  name?: PersonalRef | undefined;
  remark?: PersonalRef | undefined;
  /** By which a payment of the same number is known; absent where the line has none. */
  reference?: string | undefined;
  proposals: Proposal[];
  /** Of a part of a line that was split. */
  part?: string | undefined;
  /** The parts that it was split into; those before them, that were joined again, counted. */
  parts?: { ids: string[]; before: number };
  /** How often it was claimed. */
  claims?: number;
  policy: number;
  /** When it last became another. */
  at: Instant;
  /** What it is, once that is known. */
  payment?: string;
  party?: string;
  rule?: ClaimRule | undefined;
  owed: Obligation[];
}

/**
 * Whose it probably is: it names their letter or room, or has their name and the exact sum. A sum alone is many people's, and says
 * nothing. What a line names is its whole: of a part it is said only with the part's own sum.
 */
export const probable = ({ proposals, part }: Pick<Remittance, 'proposals' | 'part'>): Proposal[] =>
  proposals.filter(({ signs }) => {
    const sum = signs.includes('sum');
    const says = signs.includes('number') || signs.includes('room');
    return part === undefined ? says || (sum && signs.includes('name')) : sum && (says || signs.includes('name'));
  });

/**
 * Follows from the line alone, so that the same line of overlapping statements is one: the channel's number of the
 * transaction with the sum, since a batch may have one number; without one its day, sum, balance and words, and which of several
 * such it is.
 */
export const remittanceId = (
  site: string,
  { channel, number, paidOn, fen, balance, name, remark, nth }: StatementLine,
) => {
  const of = number === '' ? [paidOn, fen, balance, name, remark, nth] : [number, fen];
  const hash = createHash('sha256')
    .update(JSON.stringify([site, channel, ...of]))
    .digest('hex');
  return `${dayPrefix(paidOn)}${hash.slice(0, 24)}`;
};
/** The parts of a line, by how many there were before them. No payment's id is another's: `book` counts on with numbers. */
export const partId = (line: string, n: number): string => `${line}-p${n}`;
/** What the ids of a day's lines begin with. */
export const dayPrefix = (day: Day): string => `${PREFIX.remittance}_${day.replaceAll('-', '')}-`;

const fold = (state: Remittance | undefined, event: Recorded<RemittanceEvent>): Remittance => {
  const { at } = event;
  if (event.name === 'remittance.told') {
    const { opens, ...data } = event.data;
    return { ...data, status: 'unclaimed', at, owed: opens };
  }
  if (!state) throw new Error(`${event.id} stands before it was told`);
  switch (event.name) {
    case 'remittance.claimed':
      return { ...state, ...event.data, status: 'claimed', claims: (state.claims ?? 0) + 1, at, owed: [] };
    case 'remittance.split':
      return { ...state, status: 'split', parts: { ids: event.data.parts, before: event.data.before }, at, owed: [] };
    case 'remittance.joined':
      return { ...state, status: 'joined', at, owed: [] };
    case 'remittance.reopened': {
      const { payment: _, party: __, rule: ___, ...rest } = state;
      return { ...rest, status: 'reopened', at, owed: event.data.opens };
    }
    case 'remittance.set-aside':
      return { ...state, status: 'set-aside', at, owed: [] };
    default:
      return { ...state, owed: tookRung(state.owed, event.data) };
  }
};

export const remittanceType: AggregateType<Remittance, RemittanceEvent> = {
  type: 'remittance',
  keeps: 'books',
  ids: 'remittance',
  events: remittanceEvents,
  most: { proposals: 50 },
  fold,
  finished: (state) => !isOpen(state),
};

/** Which line of a statement a payment is. */
export const remittedKey = (site: string, payment: string) => ({ pk: `${site}#remitted#${payment}`, sk: 'remittance' });

/** A payment is one line of a statement at most: the key is its line's; with when it became so. */
export const publishedOf = ({ site, state }: Current<Remittance>): Published => ({
  put: state?.payment === undefined ? [] : [{ ...remittedKey(site, state.payment), at: state.at }],
  remove: [],
});
