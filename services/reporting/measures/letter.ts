import type { Day, Instant } from '../../../shared/clock.ts';
import { earliest, happened, type Join, type Lattice } from './facts.ts';
import { family, type Learned, met, missed, running, type Seen, type Standing } from './measure.ts';

/** What Q6 counts of what goes to a payer, lowest first: a letter that another account joins is its highest. */
const COUNTED = ['fee-notice', 'second-notice', 'demand'] as const;
type Counted = (typeof COUNTED)[number];
const MEASURE = { 'fee-notice': 'Q6-notice', 'second-notice': 'Q6-second-notice', demand: 'Q6-demand' } as const;

const highest: Join<Counted> = (a, b) => (COUNTED.indexOf(a) < COUNTED.indexOf(b) ? b : a);
const latest: Join<Instant> = (a, b) => Math.max(a, b);

/** A document due on a day, once whatever its channel. */
interface LetterFacts {
  day?: Day;
  kind?: Counted;
  due?: Instant;
  sent?: Instant;
  /** By when it had to be handed over after it bounced. */
  bounceDue?: Instant;
  bounced?: true;
  handed?: Instant;
  /** The latest deadline that passed without it. */
  missedDue?: Instant;
}

const LATTICE: Lattice<LetterFacts> = {
  day: earliest,
  kind: highest,
  due: earliest,
  sent: earliest,
  bounceDue: latest,
  bounced: happened,
  handed: earliest,
  missedDue: latest,
};

/** Sent, or printed and handed over, in time; what bounced has until 24:00 of the day it did, and has to be handed over. */
const out = ({
  due = Infinity,
  sent = Infinity,
  bounceDue,
  bounced,
  handed = Infinity,
  missedDue = 0,
}: LetterFacts): Standing => {
  const by = bounced ? (bounceDue ?? due) : due;
  const at = bounced ? handed : Math.min(sent, handed);
  if (at <= by) return met;
  if (at < Infinity) return missed('late');
  return missedDue >= by ? missed('not-out') : running;
};

/** Q6 over what is due, and each kind by itself. */
export const letter = family<LetterFacts>(LATTICE, (facts) => {
  if (facts.kind === undefined) return {};
  const standing = out(facts);
  return { Q6: standing, [MEASURE[facts.kind]]: standing };
});

const countedOf = (kind: string): Pick<LetterFacts, 'kind'> =>
  COUNTED.some((one) => one === kind) ? { kind: kind as Counted } : {};

export const learnLetter = (event: Seen): Learned[] => {
  const about = (facts: LetterFacts): Learned[] => [{ family: 'letter', root: event.aggregate, facts: { ...facts } }];
  switch (event.name) {
    case 'letter.opened':
      return about({ day: event.data.day, due: event.data.due, ...countedOf(event.data.kind) });
    case 'letter.added':
      return about(countedOf(event.data.kind));
    case 'letter.sent':
      return about({ sent: event.data.acceptedAt });
    case 'letter.bounced':
      return about({ bounced: true });
    case 'letter.moved-to-paper':
      return event.data.why === 'bounced' ? about({ bounceDue: event.data.due }) : [];
    case 'letter.handed-over':
    case 'letter.attempted':
      return about({ handed: event.at });
    case 'letter.missed':
      return event.data.duty === 'deliver' ? about({ missedDue: event.data.due }) : [];
    default:
      return [];
  }
};
