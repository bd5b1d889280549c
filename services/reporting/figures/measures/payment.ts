import { addDays, type Day, type Instant, startOfDay } from '../../../../shared/time/clock.ts';
import { earliest, happened, type Lattice, newer } from './facts.ts';
import {
  type CaseFacts,
  excluded,
  family,
  met,
  missed,
  type OutcomeState,
  runningUntil,
  type Seen,
} from './measure.ts';

/**
 * A promise to pay (承诺缴费): a hold that a second person agreed to. Its day is its last, which was agreed: it is decided
 * when that is over, so that no month waits for the next one; a promise given anew is another, with a day of its own.
 */
interface PaymentFacts {
  day?: Day;
  /** 24:00 of its day. */
  due?: Instant;
  given?: Instant;
  /** The newest word of it: kept when nothing that was due within it was open any more; else it ran on. */
  word?: { version: number; kept?: Instant };
  /** A payment that it was kept by turned out not to have come, once its day was over. */
  unkept?: true;
  broken?: true;
  /** What else paused dunning on its day, where it was not kept. */
  beside?: string;
  /** When another took its place, or somebody took it back. */
  renewed?: Instant;
  withdrawn?: Instant;
}

const LATTICE: Lattice<PaymentFacts> = {
  day: earliest,
  due: earliest,
  given: earliest,
  word: newer,
  unkept: happened,
  broken: happened,
  beside: earliest,
  renewed: earliest,
  withdrawn: earliest,
};

/**
 * Kept means that by 24:00 of its day nothing that was due is open. A payment that turns out before then not to have come
 * leaves it running; after that, it kept nothing. What a dispute or hardship stood beside is outside, and what was renewed or taken
 * back in time; so is one within which nothing fell due, since there was nothing to keep.
 */
const paid = ({ due = 0, given, word, unkept, broken, beside, ...ended }: PaymentFacts): OutcomeState => {
  const kept = word?.kept;
  if (kept !== undefined) {
    if (kept === given) return excluded('nothing-due');
    if (unkept) return missed('payment-reversed');
    return kept <= due ? met : missed('late');
  }
  for (const why of ['renewed', 'withdrawn'] as const) {
    const at = ended[why];
    if (at !== undefined) return at <= due ? excluded(why) : missed('broken');
  }
  if (broken) return beside === undefined ? missed('broken') : excluded(beside);
  return runningUntil(due);
};

export const payment = family<PaymentFacts>(LATTICE, (facts) => ({ 'promised-payment': paid(facts) }));

export const projectPayment = (event: Seen, zone: string): CaseFacts[] => {
  const about = (hold: string, facts: PaymentFacts): CaseFacts[] => [
    { family: 'payment', root: event.aggregate, ordinal: hold, facts: { ...facts } },
  ];
  switch (event.name) {
    case 'account.held': {
      const { hold, kind, until, renews } = event.data;
      const before = renews === undefined ? [] : about(renews, { renewed: event.at });
      if (kind !== 'promise') return before;
      const due = startOfDay(addDays(until, 1), zone);
      return [...before, ...about(hold, { day: until, due, given: event.at })];
    }
    case 'account.released': {
      const { hold, kind, why, beside } = event.data;
      if (kind !== 'promise') return [];
      if (why === 'kept') return about(hold, { word: { version: event.version, kept: event.at } });
      if (why === 'broken') return about(hold, { broken: true, ...(beside === undefined ? {} : { beside }) });
      return about(hold, { withdrawn: event.at });
    }
    case 'account.reversed':
      return [
        ...(event.data.unkept ?? []).flatMap((hold) => about(hold, { unkept: true })),
        ...(event.data.resumed ?? []).flatMap(({ hold }) => about(hold, { word: { version: event.version } })),
      ];
    default:
      return [];
  }
};
