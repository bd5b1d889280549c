import type { Day, Instant } from '../../../../shared/time/clock.ts';
import { earliest, happened, type Join, type Lattice, latest } from './facts.ts';
import { type CaseFacts, excluded, met, missed, type OutcomeState, runningUntil, type Seen } from './measure.ts';

/** What Q6 counts of what goes to a payer, lowest first: a letter that another account joins is its highest. */
const COUNTED = ['fee-notice', 'second-notice', 'demand'] as const;
export type CountedLetterKind = (typeof COUNTED)[number];

const highest: Join<CountedLetterKind> = (a, b) => (COUNTED.indexOf(a) < COUNTED.indexOf(b) ? b : a);

/** A letter due on a day, once whatever its channel. */
export interface LetterFacts {
  day?: Day;
  kind?: CountedLetterKind;
  due?: Instant;
  sent?: Instant;
  /** Of one that had come back for now. */
  delivered?: true;
  /** It came back for good. */
  bounced?: true;
  /** It came back for now; one that was delivered all the same did not. */
  returned?: true;
  /** By when it had to be handed over after it bounced. */
  bounceDue?: Instant;
  handed?: Instant;
  /** What it asks for was settled before it was handed over. */
  withdrawn?: Instant;
  /** The latest deadline that passed without it. */
  missedDue?: Instant;
}

export const LETTER_LATTICE: Lattice<LetterFacts> = {
  day: earliest,
  kind: highest,
  due: earliest,
  sent: earliest,
  delivered: happened,
  bounced: happened,
  returned: happened,
  bounceDue: latest,
  handed: earliest,
  withdrawn: earliest,
  missedDue: latest,
};

const NEVER = Number.POSITIVE_INFINITY;

/** Sent, or printed and handed over, in time; what bounced has until 24:00 of the day it did, and has to be handed over. */
export const letterOut = ({
  due = NEVER,
  sent = NEVER,
  handed = NEVER,
  missedDue = 0,
  ...f
}: LetterFacts): OutcomeState => {
  const cameBack = f.bounced || (f.returned && !f.delivered);
  const by = cameBack ? (f.bounceDue ?? due) : due;
  const at = cameBack ? handed : Math.min(sent, handed);
  if (at <= by) return met;
  if (at < NEVER) return missed('late');
  if (f.withdrawn !== undefined && f.withdrawn <= by) return excluded('withdrawn');
  return missedDue >= by ? missed('not-out') : runningUntil(by);
};

const isCounted = (kind: string): kind is CountedLetterKind => COUNTED.some((one) => one === kind);

export const projectLetter = (event: Seen): CaseFacts[] => {
  const about = (facts: LetterFacts): CaseFacts[] => [
    { family: 'document', root: event.aggregate, facts: { ...facts } },
  ];
  /** Every event says what the letter is by then: of one that Q6 doesn't count there is nothing to know. */
  const counted = (kind: string, facts: LetterFacts): CaseFacts[] => (isCounted(kind) ? about({ kind, ...facts }) : []);
  switch (event.name) {
    case 'letter.opened': {
      const { kind, day, due } = event.data;
      // It may come to be one that counts, when another account joins it.
      return about({ day, due, ...(isCounted(kind) ? { kind } : {}) });
    }
    case 'letter.added':
      return counted(event.data.kind, {});
    case 'letter.sent':
      return counted(event.data.kind, { sent: event.data.acceptedAt });
    case 'letter.bounced':
      return counted(event.data.kind, event.data.hard ? { bounced: true } : { returned: true });
    case 'letter.delivered':
      // Of one that never came back it makes no difference, and would be a write for every letter.
      return event.data.returned ? counted(event.data.kind, { delivered: true }) : [];
    case 'letter.moved-to-paper': {
      const { kind, why, due } = event.data;
      return why === 'bounced' ? counted(kind, { bounceDue: due }) : [];
    }
    case 'letter.handed-over':
    case 'letter.attempted':
      return counted(event.data.kind, { handed: event.at });
    case 'letter.withdrawn':
      return counted(event.data.kind, { withdrawn: event.at });
    case 'letter.missed':
      return event.data.duty === 'deliver' ? about({ missedDue: event.data.due }) : [];
    default:
      return [];
  }
};
