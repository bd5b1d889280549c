import type * as z from 'zod';
import type { PersonalRef } from '../../../shared/domain/events.ts';
import { PREFIX } from '../../../shared/domain/ids.ts';
import type { Transitions } from '../../../shared/domain/machine.ts';
import type { Obligation } from '../../../shared/domain/obligation.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import type { letterAccount, letterStep } from './events.ts';
import type { LetterKind, LetterPart, Receiver } from './terms.ts';

export const STATUSES = [
  'queued',
  'sending',
  'unknown',
  'sent',
  'delivered',
  'to-print',
  'printed',
  'attempted',
  'handed-over',
  'given-up',
  'withdrawn',
] as const;
export type Status = (typeof STATUSES)[number];

export type LetterCommand =
  | 'claim'
  | 'release'
  | 'accept'
  | 'deliver'
  | 'bounce'
  | 'lose'
  | 'resend'
  | 'go-on-paper'
  | 'print'
  | 'attempt'
  | 'hand-over'
  | 'give-up'
  | 'withdraw'
  | 'part';

/**
 * What may become of a letter. What a mail service tells comes late and in any order: a delivery makes an end of a paper
 * that nobody has handed over yet, a bounce brings back what was thought to have arrived.
 */
export const TRANSITIONS: Transitions<Status, LetterCommand> = {
  claim: { from: ['queued'], to: ['sending'] },
  release: { from: ['sending'], to: ['queued'] },
  accept: { from: ['queued', 'sending', 'unknown'], to: ['sent'] },
  deliver: {
    from: ['queued', 'sending', 'unknown', 'sent', 'to-print', 'printed', 'attempted', 'withdrawn'],
    to: ['delivered'],
  },
  bounce: { from: ['queued', 'sending', 'unknown', 'sent', 'delivered'], to: ['to-print'] },
  lose: { from: ['sending'], to: ['unknown'] },
  resend: { from: ['unknown'], to: ['queued'] },
  'go-on-paper': { from: ['queued', 'sending', 'unknown', 'sent'], to: ['to-print'] },
  print: { from: ['to-print'], to: ['printed'] },
  attempt: { from: ['to-print', 'printed', 'attempted'], to: ['attempted'] },
  'hand-over': { from: ['to-print', 'printed', 'attempted'], to: ['handed-over'] },
  'give-up': { from: ['sent', 'attempted', 'handed-over'], to: ['given-up'] },
  withdraw: { from: ['to-print', 'printed'], to: ['withdrawn'] },
  part: { from: ['queued', 'to-print', 'printed'], to: ['withdrawn'] },
};

export type LetterAccount = z.output<typeof letterAccount>;
export type LetterStep = z.output<typeof letterStep>;

/** What goes to a payer for one occasion (信函): an email where there is an address that works, else paper. */
export interface Letter {
  status: Status;
  kind: LetterKind;
  party: string;
  day: Day;
  ordinal: number;
  run?: string | undefined;
  part: LetterPart;
  mandatory: boolean;
  policy: number;
  due: Instant;
  /** What it is about; what it says of them stands in the journal. */
  accounts: { account: string; unit: string; steps: LetterStep[]; bills: string[] }[];
  /** How many lines it has. */
  lines: number;
  /** How often a mailer took it on. */
  attempts: number;
  address?: PersonalRef | undefined;
  /** Mail to the address had come back before it was sent: that it arrives says that the address is good. */
  doubtful?: boolean | undefined;
  contentHash?: string | undefined;
  messageId?: string | undefined;
  acceptedAt?: Instant | undefined;
  /** It came back, and wasn't delivered. */
  bounced?: boolean;
  /** For good: the address is bad; what is told of its delivery afterwards is older. */
  hardBounced?: boolean;
  complained?: boolean;
  onPaper?: boolean;
  receivedBy?: Receiver | undefined;
  /** Withdrawn since it is of two payers by now: it told nobody anything. */
  parted?: true | undefined;
  /** The version with which a mail of it went out last. */
  mailed?: number;
  /** Links that went out before this version of it open nothing. */
  linksEnded?: number;
  questions: number;
  wake?: Instant | undefined;
  owed: Obligation[];
}

/** Those that people have to do something with, listed by day; what was withdrawn may be printed already. */
export const LISTED = ['to-print', 'printed', 'attempted', 'unknown', 'withdrawn'] as const satisfies readonly Status[];
export const listedKey = (site: string, status: Status): string => `${site}#${status}`;
export const listedRange = (day: Day, id = ''): string => `${day}#${id}`;

/** Where a letter is found by an account it is about, while it waits on paper. */
export const onPaperKey = (site: string, account: string, letter: string) => ({
  pk: `${site}#paper#${account}`,
  sk: letter,
});
/** Whether what went out last still opens it, as far as the letter itself says. */
export const linksOpen = ({ mailed = 0, linksEnded = 0 }: Letter): boolean => mailed > linksEnded;

const bare = (id: string): string => id.slice(id.indexOf('_') + 1);

/** The id follows from the payer and the occasion, so that one occasion makes one letter. */
export const letterId = (
  { party, run, day, part }: Pick<Letter, 'party' | 'run' | 'day' | 'part'>,
  ordinal: number,
): string => {
  const occasion = run === undefined ? day.replaceAll('-', '') + part[0] : bare(run);
  return `${PREFIX.letter}_${occasion}-${bare(party)}-${ordinal}`;
};
