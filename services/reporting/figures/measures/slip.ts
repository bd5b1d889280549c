import type { Day, Instant } from '../../../../shared/time/clock.ts';
import { earliest, happened, type Lattice } from './facts.ts';
import { type CaseFacts, excluded, met, missed, type OutcomeState, runningUntil, type Seen } from './measure.ts';

/** A paid service, due from its appointed day on. */
export interface SlipFacts {
  day?: Day;
  /** By when the work has to be done: 24:00 of the appointed day. */
  workDue?: Instant;
  /** When that it is done was recorded. */
  worked?: Instant;
  workMissed?: true;
  amountDue?: Instant;
  entered?: Instant;
  amountMissed?: true;
  cancelled?: Instant;
  reason?: string;
}

export const SLIP_LATTICE: Lattice<SlipFacts> = {
  day: earliest,
  workDue: earliest,
  worked: earliest,
  workMissed: happened,
  amountDue: earliest,
  entered: earliest,
  amountMissed: happened,
  cancelled: earliest,
  reason: earliest,
};

/**
 * Done on the appointed day, and the amount entered before its deadline, which is never after the deduction cut-off. What
 * was called off in time is outside; what was missed before stays missed.
 */
export const slipHandled = ({ workDue = Number.POSITIVE_INFINITY, ...f }: SlipFacts): OutcomeState => {
  const ended = f.worked ?? f.cancelled;
  if (f.workMissed || (ended !== undefined && ended > workDue)) return missed('not-done');
  if (f.cancelled !== undefined) return excluded(f.reason ?? 'cancelled');
  const { entered, amountDue = Number.POSITIVE_INFINITY } = f;
  if (f.amountMissed || (entered !== undefined && entered > amountDue)) return missed('amount-late');
  return entered === undefined ? runningUntil(f.worked === undefined ? workDue : amountDue) : met;
};

export const projectSlip = (event: Seen): CaseFacts[] => {
  const about = (facts: SlipFacts): CaseFacts[] => [{ family: 'document', root: event.aggregate, facts: { ...facts } }];
  switch (event.name) {
    case 'slip.opened': {
      const workDue = event.data.opens.find(({ duty }) => duty === 'work')?.due;
      return about({ day: event.data.appointedDay, ...(workDue === undefined ? {} : { workDue }) });
    }
    case 'slip.done':
      return about({ worked: event.at, amountDue: event.data.amountDue });
    case 'slip.amount-entered':
      return about({ entered: event.data.enteredAt, amountDue: event.data.amountDue });
    case 'slip.cancelled':
      return about({ cancelled: event.at, reason: event.data.reason });
    case 'slip.missed': {
      const { duty } = event.data;
      return duty === 'work' ? about({ workMissed: true }) : duty === 'amount' ? about({ amountMissed: true }) : [];
    }
    default:
      return [];
  }
};
